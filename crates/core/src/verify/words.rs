//! A report in words: what is so, and what follows from it.

use super::report::{DevicePart, Finding, Forgery, Report, Sealing, SignedChange, Verdict};
use crate::text::Text;

impl Report {
    /// The answer for the top of the page.
    pub fn headline(&self) -> Text {
        match &self.verdict {
            Verdict::Unreadable(_) => {
                Text::of("文件不可信：无法完整读取", "Not to be trusted: the file cannot be read")
            }
            Verdict::Contradicted => Text::of("文件不可信：内容被改动过", "Not to be trusted: the file was changed"),
            Verdict::Unproven => Text::of("文件完整，但来源无法证明", "Whole, but nothing proves where it comes from"),
            Verdict::Original(_) => Text::of("文件完整，与导出时完全一致", "Whole, and exactly as it was exported"),
        }
    }

    /// What the answer means.
    pub fn meaning(&self) -> Text {
        match &self.verdict {
            Verdict::Unreadable(why) => why.words(),
            Verdict::Contradicted => Text::of(
                "下列内容与封签、签名或本机已有记录不符。请不要据此办理，向导出人索取原文件。",
                "What is listed below does not fit the seals, the signature or what this phone has. Do not act on it; \
                 ask the person who exported it for the original.",
            ),
            Verdict::Unproven => Text::of(
                "文件本身没有矛盾，但能改动它的人也能让它重新自洽。请向导出人核对文件校验值。",
                "Nothing in it contradicts itself, but whoever changes such a file can make it fit again. Compare its \
                 digest with the person who exported it.",
            ),
            Verdict::Original(device) => Text::of(
                "由设备 {0} 签名导出，此后没有任何改动。",
                "Signed on export by device {0}, and nothing was changed since.",
            )
            .with(&[&device.tag()]),
        }
    }

    /// Who says to have exported it.
    pub fn source(&self) -> Option<Text> {
        let exported = self.exported.as_ref()?;
        let at = exported.at.date_time();
        let tag = exported.device.tag();
        let words = [&exported.by, &exported.company, &at, &tag].map(String::as_str);
        let text = match self.verdict {
            Verdict::Original(_) => {
                Text::of("{0}（{1}）于 {2} 在设备 {3} 上导出", "Exported by {0} ({1}), {2}, on device {3}")
            }
            _ => Text::of(
                "文件自称由 {0}（{1}）于 {2} 在设备 {3} 上导出",
                "It says that it was exported by {0} ({1}), {2}, on device {3}",
            ),
        };
        Some(text.with(&words))
    }
}

impl Report {
    /// A finding in words, with its record called by number or name instead of its id.
    pub fn told(&self, finding: &Finding) -> Text {
        let text = finding.words();
        let known = self.records.iter().find(|record| text.en.contains(record.id.as_str()));
        let called =
            known.and_then(|record| Some((record.id.as_str(), record.number.as_ref().or(record.name.as_ref())?)));
        match called {
            Some((id, name)) => Text::owned(text.zh.replace(id, name), text.en.replace(id, name)),
            None => text,
        }
    }
}

impl Finding {
    /// Worst first.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Finding::Forged(_) => 0,
            Finding::ChangedAfterSigning(_) => 1,
            Finding::KeyUnknown(_) => 2,
            Finding::Unsigned => 3,
            Finding::Older { .. } => 4,
            Finding::PicturesMissing(_) | Finding::TemplatesMissing(_) => 5,
        }
    }

    /// Whether it speaks against the file.
    pub fn is_bad(&self) -> bool {
        matches!(self, Finding::Forged(_))
    }

    /// In words.
    pub fn words(&self) -> Text {
        match self {
            Finding::Forged(forgery) => forgery.words(),
            Finding::KeyUnknown(device) => Text::of(
                "文件有设备 {0} 的签名，但本机不认识该设备的密钥，无法确认签名属于它。",
                "Signed in the name of device {0}, but its key is not known here, so the signature proves nothing yet.",
            )
            .with(&[&device.tag()]),
            Finding::Unsigned => Text::of(
                "文件没有导出设备的签名（该设备没有密钥，或签名被去掉了）。",
                "The file is not signed by the device that exported it: the device has no key, or the signature was \
                 taken off.",
            ),
            Finding::ChangedAfterSigning(record) => Text::of(
                "记录 {0} 在签字之后又有改动，签字人看到的内容与现在不同。",
                "Record {0} was changed after it was signed: the signer saw something else.",
            )
            .with(&[record.as_str()]),
            Finding::PicturesMissing(count) => Text::of(
                "有 {0} 张图片导出时就不在该设备上。",
                "{0} pictures were not on the device when it exported the file.",
            )
            .with(&[&count.to_string()]),
            Finding::TemplatesMissing(count) => Text::of(
                "文件缺少 {0} 个流程，无法核对相关签字之后的改动。",
                "{0} procedures are not in the file; changes after their signatures cannot be told.",
            )
            .with(&[&count.to_string()]),
            Finding::Older { record, device } => Text::of(
                "本机有设备 {1} 对记录 {0} 的更新内容：这不是最新的文件。",
                "This phone knows later entries of record {0} by device {1}: the file is not the latest.",
            )
            .with(&[record.as_str(), &device.tag()]),
        }
    }
}

impl Forgery {
    /// In words.
    pub fn words(&self) -> Text {
        match self {
            Forgery::FileSignature => Text::of(
                "文件的签名与内容不符：签名之后内容被改动过。",
                "The file's signature does not fit its content: it was changed after it was signed.",
            ),
            Forgery::FileDevice(device) => Text::of(
                "文件由另一台设备 {0} 签名，与所写的导出设备不同。",
                "The file is signed by another device, {0}, than the one it says it comes from.",
            )
            .with(&[&device.tag()]),
            Forgery::Key(device) => Text::of(
                "有人用另一把密钥冒充设备 {0} 签名。",
                "Somebody signed in the name of device {0} with another key.",
            )
            .with(&[&device.tag()]),
            Forgery::SealSignature(record) => {
                Text::of("记录 {0} 的封签是伪造的或已损坏。", "A seal of record {0} is forged or damaged.")
                    .with(&[record.as_str()])
            }
            Forgery::SealCount { record, device, sealed, here } => Text::of(
                "设备 {1} 封签了记录 {0} 的 {2} 项操作，文件中只对得上 {3} 项：有内容被删去或插入。",
                "Device {1} sealed {2} entries of record {0}; {3} of that part are in the file: some were taken out or \
                 put in.",
            )
            .with(&[record.as_str(), &device.tag(), &sealed.to_string(), &here.to_string()]),
            Forgery::SealSum { record, device } => Text::of(
                "记录 {0} 中设备 {1} 的操作与它封签的不同：内容被改动过。",
                "The entries of device {1} in record {0} are not those it has sealed: they were changed.",
            )
            .with(&[record.as_str(), &device.tag()]),
            Forgery::View(record) => Text::of(
                "记录 {0} 的可读部分与它的操作不一致。",
                "The readable part of record {0} does not say what its entries say.",
            )
            .with(&[record]),
            Forgery::Known(op) => Text::of(
                "操作 {0} 在本机上是另外的内容：其中一份被改动过。",
                "This phone has entry {0} with other content: one of the two copies was changed.",
            )
            .with(&[op.as_str()]),
        }
    }
}

impl DevicePart {
    /// In words.
    pub fn words(&self) -> Text {
        let (tag, entries, after) = (self.device.tag(), self.entries.to_string(), self.after.to_string());
        let text =
            match self.sealing {
                Sealing::None => Text::of("设备 {0}：{1} 项操作，没有封签", "Device {0}: {1} entries, not sealed"),
                Sealing::Unproven => Text::of(
                    "设备 {0}：{1} 项操作，有封签，但本机不认识该设备的密钥",
                    "Device {0}: {1} entries, sealed with a key that is not known here",
                ),
                Sealing::Upto { at, .. } if self.after == 0 => {
                    Text::of("设备 {0}：{1} 项操作，全部于 {3} 封签", "Device {0}: {1} entries, all sealed {3}")
                        .with(&["{0}", "{1}", "{2}", &at.date_time()])
                }
                Sealing::Upto { at, .. } => Text::of(
                    "设备 {0}：{1} 项操作，于 {3} 封签；其后又有 {2} 项未封签",
                    "Device {0}: {1} entries, sealed {3}; {2} after that are not sealed",
                )
                .with(&["{0}", "{1}", "{2}", &at.date_time()]),
                Sealing::Broken => {
                    Text::of("设备 {0}：{1} 项操作，与封签不符", "Device {0}: {1} entries, which do not fit the seal")
                }
            };
        text.with(&[&tag, &entries, &after])
    }

    /// What is not in the file, if anything.
    pub fn gap_words(&self) -> Option<Text> {
        let text = Text::of(
            "其间该设备另有 {0} 项操作不在文件中（属于其他记录，或未一并导出）",
            "{0} entries that the device made in between are not in the file (of other records, or not exported)",
        );
        (self.gaps > 0).then(|| text.with(&[&self.gaps.to_string()]))
    }
}

impl SignedChange {
    /// In words.
    pub fn words(&self) -> Text {
        let list = |lang| self.fields.iter().map(|field| field.get(lang)).collect::<Vec<_>>();
        let zh = list(crate::text::Lang::Zh).join("、");
        let en = list(crate::text::Lang::En).join(", ");
        Text::of("{0}（{1}）于 {2} 签字之后，以下内容有改动：{3}", "Changed after {0} ({1}) signed, {2}: {3}")
            .with_texts(&[
                &Text::same(&self.name),
                &Text::same(&self.role),
                &Text::same(&self.at.date_time()),
                &Text::owned(zh, en),
            ])
    }
}
