//! Child processes that never outlive the test: each is the head of a process group, and the group is killed.

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group};
use std::{
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

/// A child with everything it started. Dropping it kills them all.
#[derive(Debug)]
pub struct Group {
    child: Child,
}

impl Group {
    /// Starts the command as the head of a group of its own, without our input and output.
    pub fn start(command: &mut Command) -> Result<Group> {
        Group::start_telling(command, Stdio::null())
    }

    /// The same; what it says about itself goes to `told`.
    pub fn start_telling(command: &mut Command, told: impl Into<Stdio>) -> Result<Group> {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(told)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))?;
        Ok(Group { child })
    }

    /// Ends all of them at once, as the system does when memory runs out.
    pub fn kill(&mut self) {
        let head = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(head) = head {
            // Fails only when all of them are gone.
            let _ = kill_process_group(head, Signal::KILL);
        }
        let _ = self.child.wait();
    }

    /// Whether the head has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}
