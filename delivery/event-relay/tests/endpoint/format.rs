//! A reader of the Prometheus text format 0.0.4. It is stricter than Prometheus.

use std::collections::{BTreeMap, BTreeSet};

/// A sample: its name, its labels, its value.
pub(crate) type Sample = (String, Vec<(String, String)>, f64);

/// The samples of a text, or what is wrong with it.
pub(crate) fn read(text: &str) -> Result<Vec<Sample>, String> {
    let (mut family, mut families) = (None, BTreeMap::new());
    let (mut samples, mut series) = (Vec::new(), BTreeSet::new());
    if !text.ends_with('\n') {
        return Err("the last line has no end".to_owned());
    }
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').ok_or(format!("no help: {line}"))?;
            let next = lines.next().and_then(|line| line.strip_prefix("# TYPE "));
            let (typed, kind) = next.and_then(|rest| rest.split_once(' ')).ok_or("no type")?;
            if typed != name
                || help.is_empty()
                || !["counter", "gauge", "histogram"].contains(&kind)
            {
                return Err(format!("not a family: {line}"));
            }
            if families.insert(name.to_owned(), kind).is_some() {
                return Err(format!("twice: {name}"));
            }
            family = Some((name, kind));
            continue;
        }
        let (name, kind) = family.ok_or(format!("before any family: {line}"))?;
        let sample = sample(line).ok_or(format!("not a sample: {line}"))?;
        let ending = sample.0.strip_prefix(name).unwrap_or("of another family");
        let is_ending = if kind == "histogram" {
            ["_bucket", "_sum", "_count"].contains(&ending)
        } else {
            ending.is_empty()
        };
        if !is_ending || (kind == "counter") != name.ends_with("_total") {
            return Err(format!("a {kind} of {name}: {line}"));
        }
        if !series.insert((sample.0.clone(), sample.1.clone())) {
            return Err(format!("twice: {line}"));
        }
        samples.push(sample);
    }
    Ok(samples)
}

/// `name{label="value",..} number`.
fn sample(line: &str) -> Option<Sample> {
    let (name, rest) = line.split_once('{')?;
    let mut rest = rest;
    let mut labels = Vec::new();
    loop {
        let (label, after) = rest.split_once("=\"")?;
        let (value, after) = quoted(after)?;
        let is_name = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if !is_name(label) || !is_name(name) {
            return None;
        }
        labels.push((label.to_owned(), value));
        match after.strip_prefix(',') {
            Some(more) => rest = more,
            None => break rest = after,
        }
    }
    let number = rest.strip_prefix("} ")?;
    (!number.contains(' ')).then_some(())?;
    Some((name.to_owned(), labels, number.parse().ok()?))
}

/// The text up to the closing quote, without its escapes; and what follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(match letters.next()?.1 {
                'n' => '\n',
                escaped @ ('\\' | '"') => escaped,
                _ => return None,
            }),
            letter => value.push(letter),
        }
    }
    None
}

#[test]
fn the_reader_finds_mistakes() {
    let head = "# HELP a_total Help.\n# TYPE a_total counter\n";
    assert_eq!(
        read(&format!("{head}a_total{{b=\"\\\\\\\"\\n\"}} 1\n")).map(|all| all.len()),
        Ok(1)
    );
    for wrong in [
        "a_total{b=\"c\"} 1\n",
        &format!("{head}a_total{{b=\"c\"}} 1"),
        &format!("{head}{head}"),
        &format!("{head}a_total{{b=\"c\"}} 1\na_total{{b=\"c\"}} 2\n"),
        &format!("{head}b_total{{b=\"c\"}} 1\n"),
        &format!("{head}a_total{{b=\"c\"d\"}} 1\n"),
        &format!("{head}a_total{{b=\"c\nd\"}} 1\n"),
        &format!("{head}a_total{{b=\"c\"}} one\n"),
        "# HELP a Help.\n# TYPE a counter\na{b=\"c\"} 1\n",
        "# TYPE a gauge\na{b=\"c\"} 1\n",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}
