//! `tracestate`: W3C Trace Context Level 2 (Candidate Recommendation of 2024-03-28), §3.3. Level 2
//! allows more keys than Level 1 (Recommendation of 2021-11-23): a key may begin with a digit, and
//! `@` is one of its characters. Everything else here is the same in both levels.

use super::invalid::{Extracted, InvalidTrace, TraceRule};
use std::fmt;

/// The maximum number of members of a list (§3.3.1.1).
const MOST_MEMBERS: usize = 32;
/// Every vendor passes on this many characters. Members beyond may be dropped (§3.3.1.5).
const MOST_BYTES: usize = 512;
/// A member longer than this is dropped before others (§3.3.1.5).
const LONG_MEMBER: usize = 128;

/// The data of tracing vendors about a trace, the latest first: at most 32 members and 512
/// characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TraceState {
    /// The valid members, separated by `,` without spaces.
    text: String,
}

impl TraceState {
    /// The header's name.
    pub const HEADER: &str = "tracestate";

    /// A list without members.
    pub const fn new() -> Self {
        Self { text: String::new() }
    }

    /// Parses the header. A header that breaks a rule is left out as a whole and reported. If a
    /// header is too long, whole members are dropped: first those over 128 characters, the longest
    /// first, then members from the end.
    pub fn parse(text: &str) -> Extracted<Self> {
        match members(text) {
            Err(error) => Extracted { value: Self::new(), discarded: vec![error] },
            Ok(mut members) => {
                let shortened = shorten(&mut members, 0);
                let error =
                    InvalidTrace::new(Self::HEADER, TraceRule::TooLong { most: MOST_BYTES });
                Extracted {
                    value: Self { text: members.join(",") },
                    discarded: Vec::from_iter(shortened.then_some(error)),
                }
            }
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.members().find(|member| member.0 == key).map(|member| member.1)
    }

    /// Keys and values, the latest first.
    pub fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.text.split(',').filter_map(|member| member.split_once('='))
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts a member in front and removes an earlier member of the same key, as §3.5 requires.
    /// Other members are dropped if there is no space for them.
    ///
    /// # Errors
    ///
    /// If the key or the value breaks the grammar, or both together are longer than 512 characters.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), InvalidTrace> {
        let error = |rule| InvalidTrace::in_member(Self::HEADER, 1, rule);
        check_member(key, value).map_err(error)?;
        let member = format!("{key}={value}");
        if member.len() > MOST_BYTES {
            return Err(error(TraceRule::TooLong { most: MOST_BYTES }));
        }
        let others = self
            .text
            .split(',')
            .filter(|other| other.split_once('=').is_some_and(|(other, _)| other != key));
        let mut members: Vec<&str> =
            std::iter::once(member.as_str()).chain(others).take(MOST_MEMBERS).collect();
        shorten(&mut members, 1);
        self.text = members.join(",");
        Ok(())
    }
}

/// The members of a header, checked.
fn members(text: &str) -> Result<Vec<&str>, InvalidTrace> {
    let mut members: Vec<&str> = Vec::new();
    // A sender may leave out a member (§3.3.1.1).
    let written = text.split(',').map(|member| member.trim_matches([' ', '\t'])).enumerate();
    for (at, member) in written.filter(|(_, member)| !member.is_empty()) {
        let error = |rule| InvalidTrace::in_member(TraceState::HEADER, at + 1, rule);
        let (key, value) = member.split_once('=').ok_or(error(TraceRule::Member))?;
        check_member(key, value).map_err(error)?;
        if members.iter().any(|other| other.split_once('=').is_some_and(|(other, _)| other == key))
        {
            return Err(error(TraceRule::Duplicate));
        }
        if members.len() == MOST_MEMBERS {
            return Err(InvalidTrace::new(
                TraceState::HEADER,
                TraceRule::TooManyMembers { most: MOST_MEMBERS },
            ));
        }
        members.push(member);
    }
    Ok(members)
}

fn check_member(key: &str, value: &str) -> Result<(), TraceRule> {
    if !is_key(key) {
        return Err(TraceRule::Key);
    }
    // Printable ASCII without `,` and `=`, not ending in a space (§3.3.1.3.2).
    let printable =
        value.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b',' && byte != b'=');
    if printable && (1..=256).contains(&value.len()) && !value.ends_with(' ') {
        Ok(())
    } else {
        Err(TraceRule::Value)
    }
}

/// `key = ( lcalpha / DIGIT ) 0*255 ( keychar )` (§3.3.1.3.1).
fn is_key(key: &str) -> bool {
    let is_first = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_keychar = |c: u8| is_first(c) || matches!(c, b'_' | b'-' | b'*' | b'/' | b'@');
    key.bytes().next().is_some_and(is_first) && key.len() <= 256 && key.bytes().all(is_keychar)
}

/// Drops members except the first `kept`, until the rest fits. Returns whether it dropped any.
fn shorten(members: &mut Vec<&str>, kept: usize) -> bool {
    let before = members.len();
    while members.iter().map(|member| member.len() + 1).sum::<usize>() > MOST_BYTES + 1 {
        let long = (kept..members.len()).filter(|at| members[*at].len() > LONG_MEMBER);
        match long.max_by_key(|at| members[*at].len()) {
            Some(longest) => drop(members.remove(longest)),
            None => drop(members.pop()),
        }
    }
    members.len() < before
}

impl fmt::Display for TraceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(text: &str) -> Option<TraceRule> {
        TraceState::parse(text).discarded.first().map(InvalidTrace::rule)
    }

    /// The vectors of the W3C test suite for `tracestate`, and its verdicts by Level 2, which the
    /// suite tests since 2026-06. By Level 1, the last six of the good vectors were bad.
    #[test]
    fn verdicts_of_the_w3c_suite() {
        let letters = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
        let values: String = (' '..='~').filter(|c| *c != ',' && *c != '=').collect();
        let good = [
            String::new(),
            "foo=1".to_owned(),
            "foo=1,".to_owned(),
            "foo=1,,bar=2".to_owned(),
            "foo=1 \t , \t bar=2, \t baz=3".to_owned(),
            "foo=1\t \t,\t \tbar=2,\t \tbaz=3".to_owned(),
            format!("{letters}=1"),
            format!("{letters}@{}=1", &letters[..14]),
            format!("foo={values}"),
            format!("{}=1", "z".repeat(256)),
            format!("{}@{}=1", "t".repeat(241), "v".repeat(14)),
            "0tenant@vendor=1".to_owned(),
            format!("foo={}", "v".repeat(256)),
            (0..32).map(|at| format!("bar{at:02}={at:02}")).collect::<Vec<_>>().join(","),
            "0foo=1".to_owned(),
            "foo@=1,bar=2".to_owned(),
            "foo@@bar=1,bar=2".to_owned(),
            "foo@bar@baz=1,bar=2".to_owned(),
            format!("{}@v=1", "t".repeat(242)),
            format!("t@{}=1", "v".repeat(15)),
        ];
        for text in good {
            assert_eq!(rule(&text), None, "{text}");
        }
        let bad = [
            ("foo".to_owned(), TraceRule::Member),
            ("foo =1".to_owned(), TraceRule::Key),
            ("FOO=1".to_owned(), TraceRule::Key),
            ("foo.bar=1".to_owned(), TraceRule::Key),
            ("=1".to_owned(), TraceRule::Key),
            ("@foo=1,bar=2".to_owned(), TraceRule::Key),
            (format!("{}=1", "z".repeat(257)), TraceRule::Key),
            (format!("{}@v=1", "t".repeat(255)), TraceRule::Key),
            ("foo=bar=baz".to_owned(), TraceRule::Value),
            ("foo=,bar=3".to_owned(), TraceRule::Value),
            ("foo=\u{e9}".to_owned(), TraceRule::Value),
            (format!("foo={}", "v".repeat(257)), TraceRule::Value),
            ("foo=1,foo=1".to_owned(), TraceRule::Duplicate),
            ("foo=1,foo=2".to_owned(), TraceRule::Duplicate),
            (
                (0..33).map(|at| format!("bar{at:02}={at:02}")).collect::<Vec<_>>().join(","),
                TraceRule::TooManyMembers { most: 32 },
            ),
        ];
        for (text, expected) in bad {
            assert_eq!(rule(&text), Some(expected), "{text}");
            assert!(TraceState::parse(&text).value.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_key_may_begin_with_a_digit() {
        let read = TraceState::parse("0vendor=1,rojo=2");
        assert_eq!(read.discarded, []);
        assert_eq!(read.value.to_string(), "0vendor=1,rojo=2");
    }

    #[test]
    fn what_is_too_long_loses_the_longest_and_then_the_last() {
        let member = |key: &str, len: usize| format!("{key}={}", "v".repeat(len - key.len() - 1));
        // 100 + 129 + 200 + 120 and three commas: 552.
        let text =
            [member("a", 100), member("b", 129), member("c", 200), member("d", 120)].join(",");
        let extracted = TraceState::parse(&text);
        assert_eq!(
            extracted.value.members().map(|(key, _)| key).collect::<Vec<_>>(),
            ["a", "b", "d"]
        );
        assert_eq!(rule(&text), Some(TraceRule::TooLong { most: 512 }));

        let text = ["a", "b", "c", "d", "e"].map(|key| member(key, 110)).join(",");
        assert_eq!(
            TraceState::parse(&text).value.members().map(|(key, _)| key).collect::<String>(),
            "abcd"
        );

        let full = |last| {
            [member("a", 127), member("b", 127), member("c", 127), member("d", last)].join(",")
        };
        assert_eq!((full(128).len(), rule(&full(128))), (512, None));
        assert_eq!(
            (full(129).len(), rule(&full(129))),
            (513, Some(TraceRule::TooLong { most: 512 }))
        );
    }

    #[test]
    fn what_is_set_comes_first_and_stays() {
        let mut state = TraceState::parse("foo=1,bar=2").value;
        state.set("bar", "3").unwrap();
        assert_eq!(state.to_string(), "bar=3,foo=1");
        assert_eq!(state.get("foo"), Some("1"));
        let long = "v".repeat(256);
        state.set("baz", &long).unwrap();
        state.set("qux", &long).unwrap();
        assert_eq!(state.members().map(|(key, _)| key).collect::<Vec<_>>(), ["qux", "bar", "foo"]);
        assert_eq!(state.set("Bar", "3").unwrap_err().rule(), TraceRule::Key);
        assert_eq!(state.set("bar", "a=b").unwrap_err().rule(), TraceRule::Value);
        assert_eq!(
            state.set(&"k".repeat(256), &long).unwrap_err().rule(),
            TraceRule::TooLong { most: 512 }
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_reads_back(text in "[a-c0-1=,@ \\tA\u{e9}]*") {
            let read = TraceState::parse(&text).value;
            prop_assert_eq!(TraceState::parse(&read.to_string()), Extracted { value: read, discarded: Vec::new() });
        }

        #[test]
        fn long_lists_are_cut_to_what_is_passed_on(lens in prop::collection::vec(1..257_usize, 0..32)) {
            let text: Vec<String> = lens.iter().enumerate().map(|(at, len)| format!("k{at}={}", "v".repeat(*len))).collect();
            let text = text.join(",");
            let read = TraceState::parse(&text);
            prop_assert!(read.value.to_string().len() <= 512);
            prop_assert_eq!(read.discarded.is_empty(), text.len() <= 512);
            // In order, and each member whole.
            let mut written = text.split(',');
            for member in read.value.text.split(',').filter(|member| !member.is_empty()) {
                prop_assert!(written.any(|other| other == member));
            }
        }
    }
}
