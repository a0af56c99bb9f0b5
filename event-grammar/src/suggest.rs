//! "Did you mean": the known word nearest to an unknown one.

/// How many candidates a message lists. With more candidates it gives only their number.
const LISTED: usize = 9;

/// The number of edits (insert, delete, replace, swap of neighbours) between two words: the optimal
/// string alignment distance.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, &y) in b.iter().enumerate() {
            row[j + 1] = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = core::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// From this number of letters, the beginning of a word identifies the word: `warn`.
const ABBREVIATION: usize = 3;

/// The candidate that `word` most likely means. The candidate is within one edit plus one for every
/// three letters, or begins with `word`.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = word.chars().count();
    let reach = 1 + letters / 3;
    let all: Vec<&str> = candidates.into_iter().collect();
    let begun = all
        .iter()
        .copied()
        .find(|candidate| letters >= ABBREVIATION && candidate.starts_with(word));
    all.into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        // A short word with no letter of the candidate is not a misspelling of it.
        .filter(|(edits, candidate)| *edits <= reach && *edits < candidate.chars().count())
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
        .or(begun)
}

/// The end of a message about the unknown `word`: the nearest candidate, a short list of the
/// candidates, or their number.
///
/// ```
/// use event_grammar::suggest::hint;
///
/// assert_eq!(hint("faild", ["failed", "started"]), ", did you mean `failed`?");
/// assert_eq!(hint("zzz", ["failed", "started"]), "; known: `failed`, `started`");
/// ```
pub fn hint<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = closest(word, candidates.clone()) {
        return format!(", did you mean `{near}`?");
    }
    let all: Vec<&str> = candidates.into_iter().collect();
    match all.len() {
        0 => String::new(),
        1..=LISTED => {
            format!(
                "; known: {}",
                all.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ")
            )
        }
        more => format!("; {more} are known, none is near"),
    }
}

#[cfg(test)]
mod tests {
    use super::{closest, distance};

    #[test]
    fn neighbours_swapped_are_one_edit() {
        assert_eq!(distance("proces", "process"), 1);
        assert_eq!(distance("faield", "failed"), 1);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn a_far_word_is_not_suggested() {
        assert_eq!(closest("xy", ["ab"]), None);
        assert_eq!(closest("eror", ["error", "trace"]), Some("error"));
    }

    #[test]
    fn a_beginning_is_near() {
        assert_eq!(closest("warn", ["info", "warning"]), Some("warning"));
        assert_eq!(closest("wa", ["info", "warning"]), None);
    }
}
