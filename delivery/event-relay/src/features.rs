//! What this program is built with.

/// What to do about a feature that is missing: a command that builds this program with it, and with
/// what it has now.
pub(crate) fn install_with(missing: &str) -> String {
    let built = [
        ("https", cfg!(feature = "https")),
        ("kafka", cfg!(feature = "kafka")),
        ("kafka-tls", cfg!(feature = "kafka-tls")),
        ("nats", cfg!(feature = "nats")),
        ("postgres", cfg!(feature = "postgres")),
    ];
    let wanted = built.iter().filter(|(name, is_built)| *is_built || *name == missing);
    let names: Vec<&str> = wanted.map(|(name, _)| *name).collect();
    format!(
        "build it with the feature, in a checkout of its source: `cargo install --path \
         delivery/event-relay --features {}`",
        names.join(",")
    )
}

#[cfg(test)]
mod tests {
    use super::install_with;

    #[test]
    fn the_features_that_are_built_stay() {
        let help = install_with("missing");
        assert_eq!(help.contains("https"), cfg!(feature = "https"), "{help}");
        assert_eq!(help.contains("nats"), cfg!(feature = "nats"), "{help}");
        assert!(install_with("nats").contains("nats"));
    }
}
