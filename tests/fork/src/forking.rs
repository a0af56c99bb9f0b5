//! Forks, and waits for the children.

use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, fork};
use std::io;

/// A child that was started.
#[must_use = "nobody waits for it"]
pub(crate) struct Child(Pid);

/// Forks; the child does its work and ends without going back, so that nothing of its parent's is
/// dropped there.
pub(crate) fn child(work: impl FnOnce() -> io::Result<()>) -> io::Result<Child> {
    // SAFETY: this process has one thread, or its other threads only sleep: the child inherits no
    // lock that is held.
    #[allow(unsafe_code, reason = "a fork without `exec` is what is tested")]
    let forked = unsafe { fork() }?;
    match forked {
        ForkResult::Parent { child } => Ok(Child(child)),
        ForkResult::Child => std::process::exit(i32::from(work().is_err())),
    }
}

impl Child {
    /// Waits for its end, which must be a good one.
    pub(crate) fn join(self) -> io::Result<()> {
        match waitpid(self.0, None)? {
            WaitStatus::Exited(_, 0) => Ok(()),
            status => Err(io::Error::other(format!("a child ended with {status:?}"))),
        }
    }
}
