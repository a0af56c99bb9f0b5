//! The user that a server runs as.

use std::env;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// The user that a server runs as.
#[derive(Clone, Copy)]
pub(crate) enum Account {
    /// The user of the test.
    Own,
    /// Another user; the test runs as root.
    Other {
        /// The number of the user.
        user: u32,
        /// The number of its group.
        group: u32,
    },
}

impl Account {
    /// A user that is not root: PostgreSQL refuses to run as root.
    ///
    /// # Panics
    ///
    /// If the test runs as root, and the machine has neither a user `postgres` nor `nobody`.
    pub(crate) fn not_root() -> Self {
        let own = fs::metadata("/proc/self").map_or(u32::MAX, |process| process.uid());
        if own != 0 {
            return Self::Own;
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let found = ["postgres", "nobody"].iter().find_map(|name| numbers(&users, name));
        let (user, group) = found.expect("a user `postgres` or `nobody`, as tests run as root");
        Self::Other { user, group }
    }

    /// A command that runs a program as this user. The process ends when the thread that starts it
    /// ends.
    pub(crate) fn command(self, program: &Path) -> Command {
        let mut command = Command::new("setpriv");
        if let Self::Other { user, group } = self {
            command.args([format!("--reuid={user}"), format!("--regid={group}")]);
            command.arg("--clear-groups");
        }
        // Ctrl-C at a terminal reaches the group of the test. The test ends its servers.
        command.args(["--pdeathsig", "KILL", "--"]).arg(program).process_group(0);
        without_variables(&mut command);
        command
    }

    /// Gives this user a file or directory.
    ///
    /// # Panics
    ///
    /// If the system refuses.
    pub(crate) fn own(self, path: &Path) {
        if let Self::Other { user, group } = self {
            chown(path, Some(user), Some(group)).expect("root may give a file to another user");
        }
    }
}

/// Takes away the variables that change what the servers and their clients do.
pub(crate) fn without_variables(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("PG") || name_text.starts_with("OTEL_") {
            command.env_remove(name);
        }
    }
}

/// The numbers of a user and its group, from the text of passwd(5).
fn numbers(users: &str, name: &str) -> Option<(u32, u32)> {
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
