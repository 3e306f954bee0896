// The content of a briefing by npm docx, in a process that stays warm. A job a line comes in; the file is written, and
// what it took goes out. Run with --expose-gc: garbage of the job before is billed to nobody.
const docx = require("docx");
const fs = require("fs");
const levels = [null, docx.HeadingLevel.HEADING_1, docx.HeadingLevel.HEADING_2, docx.HeadingLevel.HEADING_3];

function runs(words) {
  return words.map(([text, url]) => url
    ? new docx.ExternalHyperlink({link: url, children: [new docx.TextRun({text: text, style: "Hyperlink"})]})
    : new docx.TextRun(text));
}

function item(each, picture) {
  if (each.kind === "h") return new docx.Paragraph({heading: levels[each.level], children: runs(each.words)});
  if (each.kind === "li") return new docx.Paragraph({bullet: {level: each.level - 1}, children: runs(each.words)});
  if (each.kind === "t") return new docx.Table({rows: each.rows.map(row => new docx.TableRow({children: row.map(cell =>
    new docx.TableCell({children: [new docx.Paragraph({children: runs(cell)})]}))}))});
  if (each.kind === "c") return new docx.Paragraph({children: [new docx.ImageRun({type: "png", data: picture(),
    transformation: {width: 560, height: 320}})]});
  return new docx.Paragraph({children: runs(each.words)});
}

function make(job, pictures) {
  let next = 0;
  const title = new docx.Paragraph({text: job.title, heading: docx.HeadingLevel.TITLE});
  const children = job.items.map(each => item(each, () => pictures[next++]));
  return docx.Packer.toBuffer(new docx.Document({sections: [{children: [title, ...children]}]}));
}

require("readline").createInterface({input: process.stdin}).on("line", async line => {
  const job = JSON.parse(line);
  const pictures = job.pictures.map(each => Buffer.from(each, "base64"));
  global.gc();
  const start = process.cpuUsage();
  fs.writeFileSync(job.path, await make(job, pictures));
  const used = process.cpuUsage(start);
  console.log(JSON.stringify({seconds: (used.user + used.system) / 1e6}));
});
