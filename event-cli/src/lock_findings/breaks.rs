//! Breaks of a locked version or type, found by the compiler's rules.

use super::locked::{Locked, word};
use crate::finding::Finding;
use crate::shell;
use event_core::lock::{Broken, LockRule, RuleText};
use event_schema::Json;
use serde_json::Value;

impl Locked<'_> {
    pub(super) fn broken(&self, broken: &Broken, witness: Option<Value>) -> Finding {
        let rule = broken.rule.text();
        let mut finding = match broken.in_type().unwrap_or(("", broken.path.as_str())) {
            _ if broken.rule == LockRule::NameRetired => return self.retired(broken, rule),
            ("", path) => self.broken_version(rule, path),
            (of, path) => self.broken_type(rule, of, path),
        };
        if !broken.path.is_empty() {
            finding = finding.field(broken.path.as_str());
        }
        if !broken.old.is_empty() || !broken.new.is_empty() {
            let or_nothing = |text: &str| {
                if text.is_empty() { "not there".to_owned() } else { format!("`{text}`") }
            };
            finding = finding.change(or_nothing(&broken.old), or_nothing(&broken.new));
        }
        finding = broken.who().into_iter().fold(finding, Finding::reader);
        witness.into_iter().fold(finding, |finding, line| finding.witness(line.into()))
    }

    /// A retired name that is used again.
    fn retired(&self, broken: &Broken, rule: &RuleText) -> Finding {
        let event = self.event();
        let what = match broken.path.as_str() {
            "" => format!("{event} {}: its name and number stay reserved", rule.what),
            field => format!(
                "the field `{field}` of {event} {}, where it was `{}`",
                rule.what, broken.old
            ),
        };
        Finding::error(rule.code, what).help(rule.help).field(broken.path.as_str())
    }

    /// A break in the version itself.
    fn broken_version(&self, rule: &RuleText, path: &str) -> Finding {
        let (next, own) = (self.version + 1, self.version);
        let key = format!("{}@{own}", self.name);
        let accept = self.mending(&format!("accept {key} {}{} --reason '..'", rule.id, word(path)));
        let help = format!(
            "{}undo the change, or declare v{next} and keep this one as `..V{own}`; to accept it: \
             {accept}",
            first(rule)
        );
        let what = format!("{} is locked, and{} {}", self.event(), place(path), rule.what);
        Finding::error(rule.code, what).help(help)
    }

    /// A break in a named type.
    fn broken_type(&self, rule: &RuleText, of: &str, path: &str) -> Finding {
        let accept = self.mending(&format!(
            "accept {} {}{} --reason '..'",
            shell::quoted(of),
            rule.id,
            word(path)
        ));
        let help = format!(
            "{}undo the change, or keep it as it was, under another name, for the locked versions; \
             to accept it for these versions: {accept}",
            first(rule)
        );
        let what = format!(
            "`{of}` is locked, and{} {}: it breaks {}",
            place(path),
            rule.what,
            self.versions()
        );
        let versions = self.keys().map(|key| Json::from(key.to_string()));
        Finding::error(rule.code, what).help(help).with("versions", Json::List(versions.collect()))
    }
}

/// The help of the rule, which comes first.
fn first(rule: &RuleText) -> String {
    if rule.help.is_empty() { String::new() } else { format!("{}; else ", rule.help) }
}

fn place(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" `{path}`") }
}
