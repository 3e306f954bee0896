// Reads .eml files named on the command line; prints what postal-mime finds in each as one line of JSON.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";

for (const path of process.argv.slice(2)) {
  const mail = await PostalMime.parse(readFileSync(path), { attachmentEncoding: "arraybuffer" });
  const attachments = mail.attachments.map((each) => ({
    name: each.filename,
    type: each.mimeType,
    disposition: each.disposition,
    id: each.contentId ?? null,
    sha256: createHash("sha256").update(Buffer.from(each.content)).digest("hex"),
  }));
  const { from, to, replyTo, subject, messageId, inReplyTo, references, html, text } = mail;
  console.log(JSON.stringify({ from, to, replyTo, subject, messageId, inReplyTo, references, html, text, attachments }));
}
