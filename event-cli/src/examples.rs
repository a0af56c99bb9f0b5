//! The examples at the end of each command's help. Each line is a command line without the
//! program's name; a test parses all of them.

pub(crate) const EXPORT: &str = "Examples:
  export json-schema
  export json-schema --check";

pub(crate) const JSON_SCHEMA: &str = "Examples:
  export json-schema -o schemas
  export json-schema --check --format github
  export json-schema --contract read --dialect draft-07 --strict -o generated

Exits with 100 if the catalog has no schema, or with `--check` if a file would change.";

pub(crate) const LIST: &str = "Examples:
  list
  list --format json";

pub(crate) const SHOW: &str = "Examples:
  show payment_process_failed
  show payment.process.failed@1 --format json";

pub(crate) const COVERAGE: &str = "Examples:
  coverage
  coverage target/event-coverage --fail-under 80

Exits with 100 below the limit, 101 if there is nothing to read.";

pub(crate) const COMPAT: &str = "Examples:
  compat v1.json v2.json --mode backward
  compat v1.json v2.json v3.json --mode full-transitive --format json
  compat v1.json v2.json --mode backward --rules confluent-strict
  compat --batch pairs.jsonl --mode forward

Exits with 0 if it is compatible, 100 if it is not, 101 if that could not be decided.";

pub(crate) const VALIDATE: &str = "Examples:
  validate events.ndjson
  validate --contract read --fail-on unknown,invalid,deprecated shipped.ndjson
  validate --format sarif --limit 100 -

Exits with 100 if there is what `--fail-on` names.";

pub(crate) const DIFF: &str = "Examples:
  diff
  diff origin/main..lock --format markdown
  diff v1.2.0..declarations --event payment_process_failed --exit-code

Nobody chooses a bump by hand: `none`, `revision` or `major` follows from the changes.";

pub(crate) const CHANGELOG: &str = "Examples:
  changelog
  changelog v1.2.0..v1.3.0
  changelog origin/main..declarations --event payment_process_failed
  changelog --format json

A without B ends at the lock, and B without A begins where nothing was locked. `declarations` \
                                    are what `lock` would record.
Exits with 101 if there is no lock.";

pub(crate) const EXPLAIN: &str = "Examples:
  explain
  explain EV0102";

pub(crate) const COMPLETIONS: &str = "Examples:
  completions bash
  completions zsh

Write it to where your shell looks: ~/.local/share/bash-completion/completions/NAME, a directory \
                                      of zsh's `fpath` as _NAME,
~/.config/fish/completions/NAME.fish; for PowerShell and elvish, to a file that the profile reads.";

#[cfg(test)]
mod tests {
    use crate::args::Cli;
    use clap::{Command, CommandFactory};

    /// Every command that does something, with the words that call it.
    fn commands(command: &Command, words: &str) -> Vec<(String, Command)> {
        let below: Vec<_> = command.get_subcommands().collect();
        // `push`, where it is not built in, only says how it would be.
        let own = (!words.is_empty() && !command.is_hide_set())
            .then(|| (words.to_owned(), command.clone()));
        let further = below.into_iter().flat_map(|below| {
            let words = format!("{words} {}", below.get_name());
            commands(below, words.trim())
        });
        own.into_iter().chain(further).collect()
    }

    #[test]
    fn every_command_has_examples_that_parse() {
        let root = Cli::command().no_binary_name(true);
        let commands = commands(&root, "");
        assert!(commands.len() > 5);
        for (words, command) in commands {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let block = help.strip_prefix("Examples:\n").unwrap_or_default();
            let lines: Vec<_> = block.lines().map_while(|line| line.strip_prefix("  ")).collect();
            assert!(!lines.is_empty(), "`{words}` has no examples");
            for line in lines {
                assert!(line.starts_with(&words), "`{words}` shows `{line}`");
                let parsed = root.clone().try_get_matches_from(words_of(line));
                assert!(parsed.is_ok(), "`{line}`: {}", parsed.unwrap_err());
            }
        }
    }

    /// The words of a line as a shell reads them: what stands in single quotes is one.
    fn words_of(line: &str) -> Vec<&str> {
        let parts = line.split('\'').enumerate();
        parts
            .flat_map(
                |(at, part)| {
                    if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
                },
            )
            .collect()
    }

    #[test]
    fn a_first_line_is_short() {
        for (words, command) in commands(&Cli::command(), "") {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(
                !about.is_empty() && about.len() <= 70 && !about.ends_with('.'),
                "`{words}`: {about}"
            );
        }
    }
}
