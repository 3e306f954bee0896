"""What every drawing of a chart has in common, decided once: numbers, axis ends, labels, colours, height.

In: a `Chart`. Out: a `BarPlot`, `LinePlot`, `BubblePlot` or `GanttPlot` with everything decided but the strokes, so
that the native chart in Word and the matplotlib picture show the same thing. Knows no XML and no matplotlib.
"""
