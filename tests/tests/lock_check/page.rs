//! The declarations and messages of `docs/change.md`, held to what the compiler says.
//!
//! The text between `<!-- case: title -->` and `<!-- /case -->` is written from the case of that
//! title; of `<!-- case: title, its first message -->`, only the first message is.

use crate::cargo::{Diagnostic, root};
use crate::case::Case;
use std::fmt::Write as _;
use std::fs;

const BEGIN: &str = "<!-- case: ";
const END: &str = "<!-- /case -->";
const FIRST_MESSAGE: &str = ", its first message";

/// Finds what is out of date in the page, or writes it anew.
pub(crate) fn hold(cases: &[Case], errors: &[Diagnostic], problems: &mut String) {
    let path = root().join("docs/change.md");
    let page = fs::read_to_string(&path).unwrap();
    let mut parts = page.split(BEGIN);
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (title, rest) = part.split_once(" -->").unwrap();
        let (_, rest) = rest.split_once(END).unwrap();
        let named = title.strip_suffix(FIRST_MESSAGE).unwrap_or(title);
        let case = cases.iter().find(|case| case.title == named);
        let case =
            case.unwrap_or_else(|| panic!("the page has a case `{named}`, which there is not"));
        let shown = if named == title {
            shown(case, errors)
        } else {
            format!("\n{}", messages(case, errors, 1))
        };
        let _ = write!(text, "{BEGIN}{title} -->\n{shown}{END}{rest}");
    }
    if text == page {
        return;
    }
    if std::env::var_os("UPDATE_MESSAGES").is_some() {
        fs::write(path, text).unwrap();
    } else {
        problems.push_str(
            "docs/change.md is out of date: UPDATE_MESSAGES=1 cargo test -p \
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
    let declaration = match difference(before, &after) {
        Some(difference) => format!("\n```diff\n{difference}```\n\n"),
        None => format!("\n```rust\n{after}\n```\n\n"),
    };
    declaration + &messages(case, errors, usize::MAX)
}

/// The compiler's first messages about a case; nothing where there are none.
fn messages(case: &Case, errors: &[Diagnostic], most: usize) -> String {
    let file = format!("/{}.rs", case.module());
    let mut errors: Vec<&Diagnostic> =
        errors.iter().filter(|error| error.file.ends_with(&file)).collect();
    errors.sort_by_key(|error| (error.line, error.columns));
    let said = errors.into_iter().take(most).map(|error| {
        let said = in_a_shop(&error.rendered).replace(&error.file, "src/payment.rs");
        said.replace(&case.module(), "payment").trim_end().to_owned()
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { String::new() } else { format!("```text\n{}\n```\n\n", said.join("\n\n")) }
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
