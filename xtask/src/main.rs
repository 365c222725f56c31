//! `cargo xtask <command>`: reads the command line and hands over to one module per command.
//!
//! It must not know how anything is done.

use anyhow::{Result, bail};
use lexopt::prelude::*;
use std::path::PathBuf;
use xtask::{bench, build, check, coverage, faults, finish, papers, project::Project, run, setup, suite};

const HELP: &str = "\
cargo xtask <command>

  run    [--dev] [--port N] [--host H] [--base /path/]   build and serve the app; --dev with #/design
  build                                          build the app into dist/
  serve  [--dir D] [--port N] [--host H] [--base /path/]   serve a folder, without building
  check  [--deny]                                formatting, lints, content, house rules
  coverage [--check | --write]                   which rows of the inventory the content carries, and where
  fix                                            format and apply what the linter can
  test   [filter] [--no-browser] [--browser chromium|firefox|webkit]
                                                 check, all tests, release build, browsers
  faults [--kills N] [--special N] [--seed S] [--report FILE]
                                                 kill browsers at random moments and look for losses
  papers [F-33] [--bless]                        print every form and compare it with the kept papers
  screens                                        pictures of every screen, into test-results/gallery
  weigh  [--visits N] [--photos N] [--report FILE]
                                                 memory of a large restore and backup
  size   [--check]                               bytes of a first load against the budget
  bench  [--check] [--taps N] [--runs N]         sizes and timings as a table
  bench  --checklists [name] [--items N] [--dir D] [--check] [--taps N] [--runs N]
                                                 the same checklist in the app, by hand, and in the peers
  bench  --scale                                 the same work in a book of 100 and of 10,000 visits
  setup  [--tests] [--deny] [--peers]            install what is missing
  finish                                         packing step; Trunk calls it after each build
";

fn main() -> Result<()> {
    let project = Project::locate()?;
    let mut args = Args::read()?;
    match args.command.as_str() {
        "run" => run::run(&project, &args.serve()?),
        "serve" => run::serve(&project, &args.serve()?),
        "build" => {
            args.done()?;
            build::release(&project).map(drop)
        }
        "check" => {
            let deny = args.flag("deny");
            args.done()?;
            check::check(&project, deny)
        }
        "coverage" => {
            let mode = match (args.flag("check"), args.flag("write")) {
                (true, _) => coverage::Mode::Check,
                (_, true) => coverage::Mode::Write,
                _ => coverage::Mode::Print,
            };
            args.done()?;
            coverage::coverage(&project, mode)
        }
        "fix" => {
            args.done()?;
            check::fix(&project)
        }
        "test" => {
            let options = suite::Options {
                filter: args.free.pop(),
                browser: args.value("browser"),
                no_browser: args.flag("no-browser"),
            };
            args.done()?;
            suite::test(&project, &options)
        }
        "faults" => {
            let mut options = faults::Options::default();
            options.pass_on("kills", args.value("kills"));
            options.pass_on("special", args.value("special"));
            options.pass_on("seed", args.value("seed"));
            options.pass_on("report", args.value("report"));
            args.done()?;
            faults::faults(&project, &options)
        }
        "papers" => {
            let options = papers::Options { bless: args.flag("bless"), form: args.free.pop() };
            args.done()?;
            papers::papers(&project, &options)
        }
        "screens" => {
            args.done()?;
            papers::screens(&project)
        }
        "weigh" => {
            let mut options = faults::Options::default();
            options.pass_on("visits", args.value("visits"));
            options.pass_on("photos", args.value("photos"));
            options.pass_on("report", args.value("report"));
            args.done()?;
            faults::weigh(&project, &options)
        }
        "size" => {
            let gate = args.flag("check");
            args.done()?;
            bench::size(&project, gate)
        }
        "bench" => {
            let items = args.value("items").map(|items| items.parse()).transpose()?;
            let options = bench::Options {
                dir: args.value("dir").map(PathBuf::from),
                only: (items, args.free.pop()),
                gate: args.flag("check"),
                taps: args.number("taps", 60)?,
                runs: args.number("runs", 3)?,
                scale: args.flag("scale"),
                checklists: args.flag("checklists"),
            };
            args.done()?;
            bench::bench(&project, &options)
        }
        "setup" => {
            let (tests, deny, peers) = (args.flag("tests"), args.flag("deny"), args.flag("peers"));
            args.done()?;
            setup::for_build(&project)?;
            if tests {
                setup::for_browsers(&project)?;
            }
            if deny {
                setup::for_deny(&project)?;
            }
            if peers {
                setup::for_peers(&project)?;
            }
            Ok(())
        }
        "finish" => {
            args.done()?;
            finish::from_trunk(&project)
        }
        "" | "help" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("no command `{other}`\n\n{HELP}"),
    }
}

/// The command line: one command, long options with or without a value, free words.
struct Args {
    command: String,
    options: Vec<(String, Option<String>)>,
    free: Vec<String>,
}

impl Args {
    fn read() -> Result<Args> {
        const WITH_VALUE: [&str; 14] = [
            "port", "host", "base", "dir", "browser", "taps", "runs", "kills", "special", "seed", "report", "visits",
            "photos", "items",
        ];
        let mut parser = lexopt::Parser::from_env();
        let mut args = Args { command: String::new(), options: Vec::new(), free: Vec::new() };
        while let Some(arg) = parser.next()? {
            match arg {
                Short('h') | Long("help") => args.command = "help".into(),
                Long(name) => {
                    let name = name.to_owned();
                    let value =
                        if WITH_VALUE.contains(&name.as_str()) { Some(parser.value()?.string()?) } else { None };
                    args.options.push((name, value));
                }
                Value(word) if args.command.is_empty() => args.command = word.string()?,
                Value(word) => args.free.push(word.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(args)
    }

    fn take(&mut self, name: &str) -> Option<(String, Option<String>)> {
        let at = self.options.iter().position(|(n, _)| n == name)?;
        Some(self.options.remove(at))
    }

    fn flag(&mut self, name: &str) -> bool {
        self.take(name).is_some()
    }

    fn value(&mut self, name: &str) -> Option<String> {
        self.take(name).and_then(|(_, value)| value)
    }

    fn number<T: std::str::FromStr>(&mut self, name: &str, default: T) -> Result<T> {
        match self.value(name) {
            None => Ok(default),
            Some(text) => match text.parse() {
                Ok(number) => Ok(number),
                Err(_) => bail!("--{name} wants a number, not `{text}`"),
            },
        }
    }

    fn serve(&mut self) -> Result<run::Options> {
        let port = match self.value("port") {
            None => None,
            Some(text) => match text.parse() {
                Ok(port) => Some(port),
                Err(_) => bail!("--port wants a number, not `{text}`"),
            },
        };
        let options = run::Options {
            dev: self.flag("dev"),
            dir: self.value("dir").map(PathBuf::from),
            host: self.value("host").unwrap_or_else(|| "127.0.0.1".into()),
            port,
            base: self.value("base").unwrap_or_else(|| "/".into()),
        };
        self.done()?;
        Ok(options)
    }

    /// Refuses whatever the command did not ask for.
    fn done(&self) -> Result<()> {
        if let Some((name, _)) = self.options.first() {
            bail!("`{}` has no option --{name}\n\n{HELP}", self.command);
        }
        if let Some(word) = self.free.first() {
            bail!("`{}` does not know what to do with `{word}`\n\n{HELP}", self.command);
        }
        Ok(())
    }
}
