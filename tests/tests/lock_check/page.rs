//! The declarations and messages of `docs/changing-an-event.md`, held to what the compiler says.
//!
//! What stands between `<!-- case: title -->` and `<!-- /case -->` is written from the case of that
//! title.

use crate::cargo::{Diagnostic, root};
use crate::case::Case;
use std::fmt::Write as _;
use std::fs;

const BEGIN: &str = "<!-- case: ";
const END: &str = "<!-- /case -->";

/// Finds what is out of date in the page, or writes it anew.
pub(crate) fn hold(cases: &[Case], errors: &[Diagnostic], problems: &mut String) {
    let path = root().join("docs/changing-an-event.md");
    let page = fs::read_to_string(&path).unwrap();
    let mut parts = page.split(BEGIN);
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (title, rest) = part.split_once(" -->").unwrap();
        let (_, rest) = rest.split_once(END).unwrap();
        let case = cases.iter().find(|case| case.title == title);
        let case =
            case.unwrap_or_else(|| panic!("the page has a case `{title}`, which there is not"));
        let _ = write!(text, "{BEGIN}{title} -->\n{}{END}{rest}", shown(case, errors));
    }
    if text == page {
        return;
    }
    if std::env::var_os("UPDATE_MESSAGES").is_some() {
        fs::write(path, text).unwrap();
    } else {
        problems.push_str(
            "docs/changing-an-event.md is out of date: UPDATE_MESSAGES=1 cargo test -p \
             event-tests --test lock_check\n",
        );
    }
}

/// The lines that changed, between two that did not; nothing where there are none, or many.
fn difference(before: &str, after: &str) -> Option<String> {
    const AROUND: usize = 2;
    const MOST: usize = 4;
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = (old.len() - same).min(new.len() - same);
    let same_after = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(old, new)| old == new)
        .count();
    let (gone, come) = (&old[same..old.len() - same_after], &new[same..new.len() - same_after]);
    if !(1..=MOST).contains(&gone.len().max(come.len())) {
        return None;
    }
    let after = &new[new.len() - same_after..];
    let marked = [
        (' ', &old[same.saturating_sub(AROUND)..same]),
        ('-', gone),
        ('+', come),
        (' ', &after[..AROUND.min(after.len())]),
    ];
    let mut text = String::new();
    for (mark, lines) in marked {
        for line in lines {
            let _ = writeln!(text, "{mark}{line}");
        }
    }
    Some(text)
}

/// The declaration, and what the compiler says of it.
fn shown(case: &Case, errors: &[Diagnostic]) -> String {
    let (before, after) = (case.before.last().unwrap(), case.shown());
    let mut text = match difference(before, &after) {
        Some(difference) => format!("\n```diff\n{difference}```\n\n"),
        None => format!("\n```rust\n{after}\n```\n\n"),
    };
    let file = format!("/{}.rs", case.module());
    let mut errors: Vec<&Diagnostic> =
        errors.iter().filter(|error| error.file.ends_with(&file)).collect();
    errors.sort_by_key(|error| (error.line, error.columns));
    if errors.is_empty() {
        return text;
    }
    text.push_str("```text\n");
    for (at, error) in errors.into_iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let said = in_a_shop(&error.rendered).replace(&error.file, "src/payment.rs");
        text.push_str(said.replace(&case.module(), "payment").trim_end());
        text.push('\n');
    }
    text.push_str("```\n\n");
    text
}

/// The paths of types as a project would have them. Each case has a module of its own, and the lock
/// is of one of them.
fn in_a_shop(text: &str) -> String {
    let mut parts = text.split("guide::c_");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let rest = part.split_once("::").map_or(part, |(_, rest)| rest);
        text + "shop::payment::" + rest
    })
}
