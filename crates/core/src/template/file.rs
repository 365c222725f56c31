//! A procedure as a file of its own: what one manager sends and another takes in.
//!
//! Nothing in it is believed: size before reading, depth while reading, then the same checker as for everything else.
//! It must not know where the file comes from or what becomes of it.

use super::Procedure;
use super::check::shape::{LETTERS, PARTS, STAGES, STEPS};
use super::check::{is_id, is_key};
use crate::json::{self, fields::fields};
use crate::ledger::canonical;
use crate::text::Text;
use serde::Serialize;

/// What the first member of such a file says.
pub const FORMAT: &str = "sitebook-procedure-1";
/// Largest file. The largest shipped procedure has a twentieth of that.
pub const BYTES: usize = 2 * 1024 * 1024;
/// Most forms that a procedure brings along.
const PAPERS: usize = 40;

/// The file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProcedureFile {
    /// [`FORMAT`].
    pub format: String,
    /// What was changed with this version; may be empty.
    pub note: String,
    /// The procedure with its forms.
    pub procedure: Procedure,
}

fields!(strict ProcedureFile { format, note, procedure });

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum FileError {
    /// It has too many bytes.
    TooBig(usize),
    /// It is not text, or not JSON, or breaks off.
    NotJson(String),
    /// It is some other file.
    Other,
    /// It is a file of records; those are taken in elsewhere.
    Records,
    /// It has keys or values that no procedure has.
    Unfit(String),
    /// It has more of something than a procedure may have.
    TooMany(Text),
    /// An id in it could not stand in a key.
    Id(String),
}

impl FileError {
    /// The sentence for the user.
    pub fn words(&self) -> Text {
        let safe =
            Text::of("没有采用，手机上的流程没有改变。", "It was not taken in; the procedures here are as before.");
        let why = match self {
            FileError::TooBig(is) => Text::of(
                "文件有 {0} KB，流程文件最多 {1} KB。请确认选对了文件。",
                "The file has {0} KB, a procedure has at most {1} KB. Make sure that it is the right file.",
            )
            .with(&[&is.div_ceil(1024).to_string(), &(BYTES / 1024).to_string()]),
            FileError::NotJson(what) => Text::of(
                "文件不完整或不是流程文件（{0}）。请让对方重新导出。",
                "The file is damaged or no procedure ({0}). Ask for a new export.",
            )
            .with(&[what]),
            FileError::Other => Text::of(
                "这不是现场通的流程文件。请选择用“导出流程”得到的文件。",
                "This is no procedure of Sitebook. Choose a file made by “Export the procedure”.",
            ),
            FileError::Records => Text::of(
                "这是记录或备份文件，不是流程。请到“更多 › 导入”打开它。",
                "This is a file of records or a backup, not a procedure. Open it under More › Import.",
            ),
            FileError::Unfit(what) => Text::of(
                "文件里有流程不该有的内容（{0}）。它可能来自更新的版本，请先更新应用再试。",
                "The file says something that no procedure has ({0}). It may come from a later version: update the app and try again.",
            )
            .with(&[what]),
            FileError::TooMany(what) => {
                Text::of("文件里{0}，超出了限度。", "The file has {0}, which is beyond the limits.").with_texts(&[what])
            }
            FileError::Id(id) => Text::of(
                "文件里有不合规则的编号“{0}”。请让对方用应用重新导出。",
                "The file has an id that is none, “{0}”. Ask for a new export from the app.",
            )
            .with(&[id]),
        };
        Text::of("{0}{1}", "{0} {1}").with_texts(&[&why, &safe])
    }
}

/// The file of a procedure. None only when it cannot be written as JSON.
pub fn write(procedure: &Procedure, note: &str) -> Option<String> {
    let file = ProcedureFile { format: FORMAT.to_owned(), note: note.to_owned(), procedure: procedure.clone() };
    String::from_utf8(canonical(&file).ok()?).ok().map(|text| text + "\n")
}

/// Reads a file. What comes back has the form of a procedure; whether it can be run, [`super::check::check`] says.
///
/// # Errors
/// Why it is not taken; nothing of it is kept then.
pub fn read(bytes: &[u8]) -> Result<ProcedureFile, FileError> {
    if bytes.len() > BYTES {
        return Err(FileError::TooBig(bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotJson("UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}');
    // What it claims to be is asked first, so that another file is called what it is.
    let any: json::Any = json::read(text).map_err(|error| FileError::NotJson(short(&error.to_string())))?;
    match any.get("format").and_then(json::Any::as_text) {
        Some(FORMAT) => {}
        Some(other) if other.starts_with("sitebook") => return Err(FileError::Records),
        _ => return Err(FileError::Other),
    }
    let file: ProcedureFile = json::read(text).map_err(|error| FileError::Unfit(short(&error.to_string())))?;
    limits(&file)?;
    Ok(file)
}

fn short(words: &str) -> String {
    words.chars().take(120).collect()
}

/// Counts and ids: what must hold before anything looks closer.
fn limits(file: &ProcedureFile) -> Result<(), FileError> {
    let procedure = &file.procedure;
    let most = |is: usize, most: usize, what: Text| {
        let count = is.to_string();
        if is > most { Err(FileError::TooMany(what.with(&[&count]))) } else { Ok(()) }
    };
    most(file.note.chars().count(), LETTERS, Text::of("版本说明有 {0} 字", "a note of {0} characters"))?;
    most(procedure.stages.len(), STAGES, Text::of("有 {0} 个阶段", "{0} stages"))?;
    let steps = procedure.stages.iter().map(|stage| stage.steps.len()).sum();
    most(steps, STEPS, Text::of("有 {0} 步", "{0} steps"))?;
    most(procedure.papers.len(), PAPERS, Text::of("有 {0} 张表单", "{0} forms"))?;
    let all = procedure.stages.iter().flat_map(|stage| &stage.steps);
    for step in all.clone() {
        most(step.captures.len(), PARTS, Text::of("一步有 {0} 个填写项", "a step of {0} fields"))?;
    }
    let id = |id: &str| if is_id(id) { Ok(()) } else { Err(FileError::Id(short(id))) };
    id(&procedure.id)?;
    procedure.stages.iter().try_for_each(|stage| id(&stage.id))?;
    for step in all {
        id(&step.id)?;
        step.captures.iter().try_for_each(|capture| id(&capture.id))?;
    }
    for deadline in &procedure.deadlines {
        id(&deadline.id)?;
        let bad = deadline.from.0.iter().find(|key| !is_key(key));
        bad.map_or(Ok(()), |key| Err(FileError::Id(short(key))))?;
    }
    Ok(())
}
