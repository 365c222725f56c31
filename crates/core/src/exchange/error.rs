//! Why a file was not imported, and the sentence for it: what happened, that nothing was changed, what to do.

use crate::ids::OpId;
use crate::ledger::ChainError;
use crate::text::Text;

/// A refused file. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// More bytes than accepted.
    TooBig {
        /// Bytes of the file, as far as it was read.
        is: u64,
        /// Accepted.
        max: u64,
    },
    /// One element of the file is larger than accepted.
    TooLarge {
        /// Where it begins.
        line: usize,
        /// Bytes accepted.
        max: usize,
    },
    /// No bytes at all.
    Empty,
    /// Not text: a picture, a zip, a damaged file.
    NotText,
    /// The text ends in the middle.
    Truncated {
        /// The last line.
        line: usize,
    },
    /// Not JSON.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Byte in the line.
        column: usize,
        /// What the parser says, in English.
        detail: String,
    },
    /// Nested too deeply.
    TooDeep {
        /// Accepted.
        max: usize,
        /// Where it became too deep.
        line: usize,
    },
    /// A key stands twice in one object.
    KeyTwice {
        /// The key.
        key: String,
        /// Line, from 1.
        line: usize,
        /// Byte in the line.
        column: usize,
    },
    /// JSON of another program.
    Foreign,
    /// Written by a newer version of the app.
    TooNew {
        /// Version of the file's or a procedure's shape.
        schema: u32,
        /// The version that this build reads.
        reads: u32,
    },
    /// A bundle by its name, but not of the published shape.
    Shape {
        /// Line, from 1.
        line: usize,
        /// Byte in the line.
        column: usize,
        /// What does not fit, in English.
        detail: String,
    },
    /// More of something than accepted.
    TooMany {
        /// `ops`, `records`, `pictures`, `seals`, `templates`, `keys` or `megabytes of entries`.
        what: &'static str,
        /// Accepted.
        max: usize,
    },
    /// A part does not give its digest: changed after it was exported, or damaged on the way.
    Altered(Part),
    /// Ops that cannot stand in one ledger.
    Chain(ChainError),
    /// An op with something in it that the app never writes.
    Unfit {
        /// Its id.
        op: String,
        /// What.
        fault: Fault,
    },
    /// A part that does not fit the ops: a picture or procedure that no op names, or one that is described differently.
    Stray(Part),
    /// A visit runs a procedure that is neither in the file nor known here.
    NoTemplate {
        /// Its id.
        id: String,
        /// Its version.
        version: u32,
    },
    /// Ops that are known here with other content, or whose place in a device's history is taken.
    Conflict {
        /// How many.
        count: usize,
        /// The first of them.
        first: OpId,
    },
}

/// A part of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The whole file.
    File,
    /// The head of the file: who exported it, when, on which device.
    Head,
    /// An op, by id.
    Op(String),
    /// A procedure, by digest.
    Template(String),
    /// A picture, by SHA-256.
    Picture(String),
    /// A seal, by the record it is about.
    Seal(String),
}

/// What is wrong in an op.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An id that is none.
    Id,
    /// A clock value outside 2000 to 2099.
    Clock,
    /// A running number of zero or beyond reason.
    Place,
    /// A moment outside 2000 to 2099 or an offset that does not exist.
    Moment,
    /// A text that is too long.
    Text {
        /// Characters.
        is: usize,
        /// Accepted.
        max: usize,
    },
    /// A key that is empty or too long.
    Key,
    /// A number that JSON cannot carry safely.
    Number,
    /// A hash that is none.
    Hash,
    /// A picture that is no JPEG, PNG or WebP, too large or without size.
    Picture,
}

impl Fault {
    fn words(self) -> Text {
        match self {
            Fault::Id => Text::of("编号格式不对", "an id that is none"),
            Fault::Clock => Text::of("时钟值不在 2000 至 2099 年", "a clock value outside 2000 to 2099"),
            Fault::Place => Text::of("序号不合理", "a running number beyond reason"),
            Fault::Moment => Text::of("时间不在 2000 至 2099 年", "a moment outside 2000 to 2099"),
            Fault::Text { is, max } => {
                Text::of("文字太长：{0} 个字，最多 {1} 个", "a text of {0} characters, at most {1} are accepted")
                    .with(&[&is.to_string(), &max.to_string()])
            }
            Fault::Key => Text::of("栏位名为空或过长", "a field name that is empty or too long"),
            Fault::Number => Text::of("数值超出可用范围", "a number out of range"),
            Fault::Hash => Text::of("校验值格式不对", "a hash that is none"),
            Fault::Picture => Text::of("图片类型或大小不被接受", "a picture of a kind or size that is not accepted"),
        }
    }
}

impl Part {
    fn words(&self) -> Text {
        match self {
            Part::File => Text::of("文件内容", "the file's content"),
            Part::Head => Text::of("导出信息", "the head of the file"),
            Part::Op(id) => Text::of("操作 {0}", "the entry {0}").with(&[&short(id)]),
            Part::Template(digest) => Text::of("流程 {0}", "the procedure {0}").with(&[brief(digest)]),
            Part::Seal(record) => Text::of("记录 {0} 的封签", "the seal of record {0}").with(&[&short(record)]),
            Part::Picture(sha256) => Text::of("图片 {0}", "the picture {0}").with(&[brief(sha256)]),
        }
    }
}

/// The first characters of a hash.
fn brief(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// At most 160 characters of a foreign text, without control characters.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 160;
    let mut words: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        words.push('…');
    }
    words
}

fn place(line: usize, column: usize) -> [String; 2] {
    [line.to_string(), column.to_string()]
}

impl ImportError {
    /// The sentence for the user.
    pub fn words(&self) -> Text {
        match self {
            ImportError::TooBig { is, max } => Text::of(
                "文件太大：{0} MB，最多 {1} MB。没有导入任何内容。请让对方分几次导出。",
                "The file is too large: {0} MB, at most {1} MB. Nothing was imported. Ask for several smaller exports.",
            )
            .with(&[&is.div_ceil(1 << 20).to_string(), &(max >> 20).to_string()]),
            ImportError::TooLarge { line, max } => Text::of(
                "文件第 {0} 行的一项超过 {1} KB，现场通不会写出这样的文件。没有导入任何内容。请确认文件来源。",
                "An element in line {0} is larger than {1} KB; Sitebook writes no such file. Nothing was imported. Check \
                 where the file comes from.",
            )
            .with(&[&line.to_string(), &max.div_ceil(1 << 10).to_string()]),
            ImportError::Empty => Text::of(
                "文件是空的。没有导入任何内容。请重新获取文件。",
                "The file is empty. Nothing was imported. Fetch the file again.",
            ),
            ImportError::NotText => Text::of(
                "这不是现场通的导出文件，或传输中损坏了。没有导入任何内容。请选择 .json 文件，或重新传一次。",
                "This is no Sitebook export, or it was damaged on the way. Nothing was imported. Choose the .json file \
                 or send it again.",
            ),
            ImportError::Truncated { line } => Text::of(
                "文件不完整，在第 {0} 行中断。没有导入任何内容。请重新传一次，或重新导出。",
                "The file is incomplete: it breaks off in line {0}. Nothing was imported. Send it again or export anew.",
            )
            .with(&[&line.to_string()]),
            ImportError::Syntax { line, column, detail } => {
                let [line, column] = place(*line, *column);
                Text::of(
                    "文件不是有效的 JSON：第 {0} 行第 {1} 列。没有导入任何内容。请使用未经改动的导出文件。",
                    "The file is not valid JSON: line {0}, column {1} ({2}). Nothing was imported. Use the exported \
                     file as it was.",
                )
                .with(&[&line, &column, detail])
            }
            ImportError::TooDeep { max, line } => Text::of(
                "文件第 {1} 行嵌套超过 {0} 层，现场通不会写出这样的文件。没有导入任何内容。请确认文件来源。",
                "The file is nested deeper than {0} levels in line {1}; Sitebook writes no such file. Nothing was \
                 imported. Check where the file comes from.",
            )
            .with(&[&max.to_string(), &line.to_string()]),
            ImportError::KeyTwice { key, line, column } => {
                let [line, column] = place(*line, *column);
                Text::of(
                    "文件第 {0} 行第 {1} 列重复出现“{2}”，含义不明。没有导入任何内容。请使用未经改动的导出文件。",
                    "“{2}” stands twice, line {0}, column {1}, so its meaning is unclear. Nothing was imported. Use the \
                     exported file as it was.",
                )
                .with(&[&line, &column, key])
            }
            ImportError::Foreign => Text::of(
                "这个 JSON 文件不是现场通导出的。没有导入任何内容。请选择现场通导出的文件。",
                "This JSON file was not exported by Sitebook. Nothing was imported. Choose a file exported by Sitebook.",
            ),
            ImportError::TooNew { schema, reads } => Text::of(
                "文件由更新版本的现场通导出（格式 {0}，本机可读 {1}）。没有导入任何内容。请先更新本机的现场通。",
                "The file comes from a newer Sitebook (format {0}, this one reads {1}). Nothing was imported. Update \
                 Sitebook here first.",
            )
            .with(&[&schema.to_string(), &reads.to_string()]),
            ImportError::Shape { line, column, detail } => {
                let [line, column] = place(*line, *column);
                Text::of(
                    "文件内容不符合导出格式：第 {0} 行第 {1} 列（{2}）。没有导入任何内容。请重新导出。",
                    "The file does not have the form of an export: line {0}, column {1} ({2}). Nothing was imported. \
                     Export anew.",
                )
                .with(&[&line, &column, detail])
            }
            ImportError::TooMany { what, max } => Text::of(
                "文件中的内容太多（{0} 超过 {1}）。没有导入任何内容。请让对方分几次导出。",
                "The file holds too much (more than {1} {0}). Nothing was imported. Ask for several smaller exports.",
            )
            .with(&[what, &max.to_string()]),
            ImportError::Altered(part) => Text::of(
                "{0}与校验值不符：导出后被改动，或在传输中损坏。没有导入任何内容。请重新获取原文件。",
                "The checksum does not fit {0}: changed after the export, or damaged on the way. Nothing was imported. \
                 Fetch the original file again.",
            )
            .with_texts(&[&part.words()]),
            ImportError::Chain(error) => chain_words(error),
            ImportError::Unfit { op, fault } => Text::of(
                "操作 {0} 的内容不被接受（{1}）。没有导入任何内容。请确认文件来源，或重新导出。",
                "The entry {0} is not acceptable ({1}). Nothing was imported. Check where the file comes from, or \
                 export anew.",
            )
            .with_texts(&[&Text::same(&short(op)), &fault.words()]),
            ImportError::Stray(part) => Text::of(
                "{0}与文件中的记录对不上。没有导入任何内容。请重新获取原文件。",
                "{0} does not fit the records of the file. Nothing was imported. Fetch the original file again.",
            )
            .with_texts(&[&part.words()]),
            ImportError::NoTemplate { id, version } => Text::of(
                "文件中缺少流程“{0}”第 {1} 版，本机也没有。没有导入任何内容。请让对方用最新版本重新导出。",
                "The procedure “{0}” version {1} is neither in the file nor here. Nothing was imported. Ask for a new \
                 export from an up-to-date Sitebook.",
            )
            .with(&[&short(id), &version.to_string()]),
            ImportError::Conflict { count, first } => Text::of(
                "文件中有 {0} 项操作与本机已有的同号操作内容不同（第一项 {1}）。没有导入任何内容。其中一份被改动过，请核对两份来源。",
                "{0} entries of the file are known here with other content (the first is {1}). Nothing was imported. \
                 One of the two copies was changed: compare where they come from.",
            )
            .with(&[&count.to_string(), first.as_str()]),
        }
    }
}

fn chain_words(error: &ChainError) -> Text {
    let (op, what) = match error {
        ChainError::Altered(op) => {
            (op, Text::of("与校验值不符，被改动过", "does not give its checksum: it was changed"))
        }
        ChainError::Broken(op) => (op, Text::of("与前一项接不上", "does not continue the one before it")),
        ChainError::Twice(op) => (op, Text::of("与另一项占用同一位置", "takes the place of another one")),
        ChainError::Unaccounted(op) => {
            (op, Text::of("与其清除的内容对不上", "does not account for what it says was erased"))
        }
    };
    Text::of(
        "操作 {0} {1}。没有导入任何内容。请重新获取原文件。",
        "The entry {0} {1}. Nothing was imported. Fetch the original file again.",
    )
    .with_texts(&[&Text::same(&short(op.as_str())), &what])
}

impl From<ChainError> for ImportError {
    fn from(error: ChainError) -> ImportError {
        ImportError::Chain(error)
    }
}

/// Refuses more than `max` of something.
pub(super) fn at_most(what: &'static str, is: usize, max: usize) -> Result<(), ImportError> {
    if is > max { Err(ImportError::TooMany { what, max }) } else { Ok(()) }
}
