//! Compatibility levels, as a registry spells them.

use event_grammar::lock::Mode;

/// `BACKWARD_TRANSITIVE`.
pub(super) fn word(mode: Mode) -> String {
    mode.as_str().to_ascii_uppercase().replace('-', "_")
}

pub(super) fn read(level: &str) -> Option<Mode> {
    Mode::ALL.into_iter().find(|mode| word(*mode) == level)
}

#[cfg(test)]
mod tests {
    use super::{read, word};
    use event_grammar::lock::Mode;

    #[test]
    fn every_mode_is_a_level() {
        let levels = Mode::ALL.map(word);
        assert_eq!(levels[..3], ["NONE", "BACKWARD", "BACKWARD_TRANSITIVE"]);
        assert_eq!(levels.map(|level| read(&level)), Mode::ALL.map(Some));
        assert_eq!(read("SIDEWAYS"), None);
    }
}
