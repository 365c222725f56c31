//! The command line of the content compiler: `check` for writers and CI, `compile` for looking at what is shipped.
//!
//! It must not know any rule; it prints what the library answers and turns it into an exit code.

use sitebook_content::{Content, Problem, compile, load, read_rules, run_rules};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage:
  sitebook-content check [dir]         prints all problems of the content (default: content)
  sitebook-content compile <dir> <out> writes the JSON that the app ships
  sitebook-content rules [name]        runs the rule tests of crates/content/tests/rules (those with that name)";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["check"] => check("content"),
        ["check", dir] => check(dir),
        ["compile", dir, out] => write(dir, out),
        ["rules"] => rules(""),
        ["rules", name] => rules(name),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(line) => {
            eprintln!("{line}");
            ExitCode::FAILURE
        }
    }
}

/// Loads the folder; the error is the whole message.
fn read(dir: &str) -> Result<Content, String> {
    load(Path::new(dir)).map_err(|problems| {
        let mut lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        lines.push(match problems.len() {
            1 => "1 problem".to_owned(),
            count => format!("{count} problems"),
        });
        lines.join("\n")
    })
}

fn check(dir: &str) -> Result<String, String> {
    Ok(read(dir)?.counts().to_string())
}

fn write(dir: &str, out: &str) -> Result<String, String> {
    let content = read(dir)?;
    let files = compile(&content).map_err(|error| error.to_string())?;
    for (name, json) in &files {
        let path = Path::new(out).join(name);
        let folder = path.parent().unwrap_or(Path::new(out));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, json))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(format!("{} files written to {out}", files.len()))
}

/// Runs the rule tests whose file is called like this.
fn rules(name: &str) -> Result<String, String> {
    let content = read("content")?;
    let files = read_rules(Path::new("crates/content/tests/rules")).map_err(|error| error.to_string())?;
    let files: Vec<_> = files.into_iter().filter(|file| file.name.contains(name)).collect();
    let verdict = run_rules(&content, &files);
    let line = format!("{} cases in {} files, {} rules shown", verdict.cases, files.len(), verdict.proven.len());
    if files.is_empty() {
        return Err(format!("there is no rule test called '{name}'"));
    }
    if verdict.faults.is_empty() {
        return Ok(line);
    }
    let mut lines: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
    lines.push(format!("{line}, {} faults", verdict.faults.len()));
    Err(lines.join("\n"))
}
