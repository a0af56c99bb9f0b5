//! The person who runs a command.

use std::env;

/// The name of the user: of `USER` or `LOGNAME` (of `USERNAME` on Windows), else of the account of
/// this process, else its number. `unknown` if the operating system does not say that, either.
pub(super) fn name() -> String {
    let variables = ["USER", "LOGNAME", "USERNAME"].into_iter();
    let mut named =
        variables.filter_map(|name| env::var(name).ok()).filter(|name| !name.is_empty());
    named.next().or_else(account).unwrap_or_else(|| "unknown".to_owned())
}

/// The account of this process. A service and a job of `cron` may have no variable that names it.
#[cfg(unix)]
fn account() -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    // The standard library has no call for it.
    let uid = std::fs::metadata("/proc/self").ok()?.uid();
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    Some(named(&accounts, uid).unwrap_or_else(|| format!("uid {uid}")))
}

#[cfg(not(unix))]
fn account() -> Option<String> {
    None
}

/// The name of a number in `/etc/passwd`.
#[cfg(unix)]
fn named(accounts: &str, uid: u32) -> Option<String> {
    accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::named;

    #[test]
    fn an_account_is_found_by_its_number() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\n# no account\nada:x:1000:1000::/home/ada:\n";
        assert_eq!(named(accounts, 1000).as_deref(), Some("ada"));
        assert_eq!(named(accounts, 0).as_deref(), Some("root"));
        assert_eq!(named(accounts, 1), None);
    }
}
