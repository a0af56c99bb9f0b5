//! `export` and the files of a person: what was edited, what another exporter wrote, and a list of
//! own files that is damaged or lies.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_cli::Env;
use event_core::Catalog;
use event_export::{Choice, Choices, ExportError, ExportOption, Exporter, File, MANIFEST};
use fixture::{LATER, Ran, SHOP, Temp, run_in};
use std::fs;
use std::io;

const EXPORT: &[&str] = &["export", "json-schema"];
const CHECK: &[&str] = &["export", "json-schema", "--check"];
const COMMAND: &str = "`cargo run -p shop-catalog -- export json-schema`";

/// An exporter of a program's own: the names of all events, in one file or in two.
struct Names;

impl Exporter for Names {
    fn name(&self) -> &'static str {
        "names"
    }

    fn about(&self) -> &'static str {
        "Write the names of all events, one a line"
    }

    fn directory(&self) -> &'static str {
        "names"
    }

    fn options(&self) -> &'static [ExportOption] {
        const FILES: [Choice; 4] = [
            Choice { name: "one", about: "All in one" },
            Choice { name: "two", about: "A second one in a directory" },
            Choice { name: "index", about: "In `index.json`" },
            Choice { name: "none", about: "Not possible" },
        ];
        &[ExportOption { name: "files", about: "How many files", choices: &FILES }]
    }

    fn files(&self, catalog: &Catalog, choices: &Choices) -> Result<Vec<File>, Vec<ExportError>> {
        let contents: String =
            catalog.events().flat_map(|event| [event.name.snake, "\n"]).collect();
        let file = |path: &str| File { path: path.to_owned(), contents: contents.clone() };
        match choices.value("files") {
            "one" => Ok(vec![file("names.txt")]),
            "two" => Ok(vec![file("names.txt"), file("deep/er/names.txt")]),
            "index" => Ok(vec![file("index.json")]),
            _ => {
                let event = catalog.events().next().unwrap();
                let error = ExportError::new("no event has a name").help("name them");
                Err(vec![error.event(event)])
            }
        }
    }
}

/// Runs a command that has the exporter.
fn run_named(temp: &Temp, catalog: &'static Catalog, args: &[&str]) -> Ran {
    let env = Env { directory: temp.path().to_owned(), ..Env::default() };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = event_cli::run_with(
        catalog,
        &[&Names],
        args.iter().map(Into::into),
        &mut io::empty(),
        &mut out,
        &mut err,
        &env,
    );
    Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn ran(code: u8, out: &str, err: &str) -> Ran {
    Ran { code, out: out.to_owned(), err: err.to_owned() }
}

fn exported(name: &str) -> Temp {
    let temp = Temp::new(name);
    assert_eq!(run_in(temp.path(), &SHOP, EXPORT).code, 0);
    temp
}

fn list(temp: &Temp) -> String {
    fs::read_to_string(temp.join("schemas").join(MANIFEST)).unwrap()
}

#[test]
fn an_edited_file_is_reported_and_not_touched() {
    let temp = exported("edited");
    let file = temp.join("schemas/cache_hit.v1.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, "edited").unwrap();
    let finding = format!(
        "error[EV0109]: `schemas/cache_hit.v1.json` was changed after it was exported\n \
         --> schemas/cache_hit.v1.json\n\
         help: keep your text under another name, then run `rm schemas/cache_hit.v1.json` and \
         {COMMAND}\n"
    );
    let checked = run_in(temp.path(), &SHOP, CHECK);
    assert_eq!(checked, ran(100, "edited schemas/cache_hit.v1.json\n", &finding));
    // What is not the person's is written all the same.
    let out = "3 files in schemas, 1 changed, 1 removed\n";
    let written = run_in(temp.path(), &LATER, EXPORT);
    assert_eq!(written.code, 100);
    assert!(written.err.contains(out) && written.err.ends_with(&finding), "{}", written.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "edited");
    // An edit that is undone is none.
    fs::write(&file, text).unwrap();
    assert_eq!(run_in(temp.path(), &LATER, EXPORT).code, 0);
    assert_eq!(run_in(temp.path(), &LATER, CHECK).code, 0);
    // The help helps.
    fs::write(&file, "edited").unwrap();
    fs::remove_file(&file).unwrap();
    assert_eq!(run_in(temp.path(), &LATER, EXPORT).code, 0);
}

#[test]
fn an_edited_file_that_is_not_exported_any_more_stays_until_a_person_removes_it() {
    let temp = exported("edited-stale");
    let file = temp.join("schemas/payment_process_failed.v1.json");
    fs::write(&file, "{}").unwrap();
    for _ in 0..2 {
        let written = run_in(temp.path(), &LATER, EXPORT);
        let what = "error[EV0109]: `schemas/payment_process_failed.v1.json` is not exported any \
                    more, and was changed after it was exported\n";
        assert!(written.code == 100 && written.err.contains(what), "{}", written.err);
        assert_eq!(fs::read_to_string(&file).unwrap(), "{}");
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(run_in(temp.path(), &LATER, EXPORT).code, 0);
    assert!(!list(&temp).contains("failed.v1.json"));
}

#[test]
fn a_file_that_a_person_made_is_not_touched() {
    let temp = Temp::new("foreign");
    fs::create_dir(temp.join("schemas")).unwrap();
    fs::write(temp.join("schemas/cache_hit.v1.json"), "mine").unwrap();
    let written = run_in(temp.path(), &SHOP, EXPORT);
    let err = format!(
        "4 files in schemas, 3 changed\n\
         error[EV0109]: `schemas/cache_hit.v1.json` has the name of an exported file, but no \
         export lists it\n \
         --> schemas/cache_hit.v1.json\n\
         help: move it to another name, or export to another directory with `-o DIR`; if it is an \
         old export, run `rm schemas/cache_hit.v1.json` and {COMMAND}\n"
    );
    assert_eq!(written, ran(100, "", &err));
    assert_eq!(fs::read_to_string(temp.join("schemas/cache_hit.v1.json")).unwrap(), "mine");
    let checked = run_in(temp.path(), &SHOP, CHECK);
    assert_eq!((checked.code, &*checked.out), (100, "foreign schemas/cache_hit.v1.json\n"));
}

#[test]
fn what_a_former_version_exported_without_a_list_is_adopted_where_it_is_as_it_should_be() {
    let temp = exported("former");
    fs::remove_file(temp.join("schemas").join(MANIFEST)).unwrap();
    let written = run_in(temp.path(), &SHOP, EXPORT);
    assert_eq!(written, ran(0, "", "4 files in schemas, 0 changed\n"));
    assert_eq!(run_in(temp.path(), &LATER, EXPORT).code, 0);
    assert!(!temp.join("schemas/payment_process_failed.v1.json").exists(), "it is known again");
}

#[test]
fn a_list_that_is_damaged_or_newer_is_refused_and_nothing_is_written() {
    let temp = exported("damaged");
    let (path, text) = (temp.join("schemas").join(MANIFEST), list(&temp));
    for (damaged, says, help) in [
        ("<<<<<<< HEAD\n".to_owned() + &text, "it is damaged: not JSON: ", "restore it from"),
        (String::new(), "it is damaged: not JSON: ", "restore it from"),
        (text.replacen('1', "9", 1), "a newer version of this command wrote it", "build this"),
    ] {
        fs::write(&path, &damaged).unwrap();
        for args in [EXPORT, CHECK] {
            let ran = run_in(temp.path(), &LATER, args);
            assert_eq!((ran.code, &*ran.out), (101, ""));
            let what = format!("error: cannot read `schemas/{MANIFEST}`: {says}");
            assert!(ran.err.starts_with(&what), "{}", ran.err);
            assert!(ran.err.contains(&format!("\nhelp: {help}")), "{}", ran.err);
        }
        assert!(temp.join("schemas/payment_process_failed.v1.json").exists());
        assert_eq!(fs::read_to_string(&path).unwrap(), damaged);
    }
}

#[test]
fn a_list_does_not_reach_out_of_the_directory() {
    let temp = exported("outside");
    let precious = temp.join("precious.v1.json");
    let stale = temp.join("schemas/payment_process_failed.v1.json");
    fs::copy(&stale, &precious).unwrap();
    let (path, text) = (temp.join("schemas").join(MANIFEST), list(&temp));
    for file in ["../precious.v1.json", precious.to_str().unwrap(), "../schemas/x.json"] {
        fs::write(&path, text.replacen("payment_process_failed.v1.json", file, 1)).unwrap();
        let ran = run_in(temp.path(), &LATER, EXPORT);
        let what = format!("it lists `{file}`, which is not below the directory\n");
        assert!(ran.code == 101 && ran.err.contains(&what), "{}", ran.err);
        assert!(precious.exists() && stale.exists());
    }
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_directory() {
    let temp = exported("link");
    fs::create_dir(temp.join("away")).unwrap();
    fs::copy(
        temp.join("schemas/payment_process_failed.v1.json"),
        temp.join("away/payment_process_failed.v1.json"),
    )
    .unwrap();
    std::os::unix::fs::symlink("../away", temp.join("schemas/sub")).unwrap();
    let path = temp.join("schemas").join(MANIFEST);
    let text =
        list(&temp).replacen("payment_process_failed.v1", "sub/payment_process_failed.v1", 1);
    fs::write(&path, text).unwrap();
    let ran = run_in(temp.path(), &LATER, EXPORT);
    let what = "error: `schemas/sub` is a symbolic link, so \
                `schemas/sub/payment_process_failed.v1.json` is outside of the directory\nhelp: ";
    assert!(ran.code == 101 && ran.err.starts_with(what), "{}", ran.err);
    assert!(temp.join("away/payment_process_failed.v1.json").exists());
}

#[test]
fn exporters_are_listed() {
    let temp = Temp::new("list");
    let own = "json-schema  Write one JSON Schema per event version, and an index\n\
               sql          Write views with typed columns over stored events\n";
    assert_eq!(run_in(temp.path(), &SHOP, &["export", "--list"]), ran(0, own, ""));
    let all = own.to_owned() + "names        Write the names of all events, one a line\n";
    assert_eq!(run_named(&temp, &SHOP, &["export", "--list"]), ran(0, &all, ""));
    for args in [&["export"][..], &["export", "typos"], &["export", "--list", "json-schema"]] {
        assert_eq!(run_in(temp.path(), &SHOP, args).code, 2, "{args:?}");
    }
}

#[test]
fn an_exporter_of_ones_own_has_options_a_directory_and_a_check() {
    let temp = Temp::new("own");
    let help = run_named(&temp, &SHOP, &["export", "names", "--help"]).out;
    for line in [
        "Write the names of all events, one a line\n",
        "--files <VALUE>",
        "- two: ",
        "[default: one]",
        "[default: names]",
        "Examples:",
    ] {
        assert!(help.contains(line), "{line}: {help}");
    }
    let args = ["export", "names", "--files", "two"];
    assert_eq!(run_named(&temp, &SHOP, &args), ran(0, "", "2 files in names, 2 changed\n"));
    assert!(temp.join("names/deep/er/names.txt").exists());
    let checked = run_named(&temp, &SHOP, &["export", "names", "--check"]);
    let out = "stale names/deep/er/names.txt\nchanged names/.events-export.json\n";
    assert_eq!((checked.code, &*checked.out), (100, out));
    let help = "help: `export names --files two` wrote them: check with the same options, or run \
                `cargo run -p shop-catalog -- export names` and commit the files that it writes\n";
    assert!(checked.err.ends_with(help), "{}", checked.err);
    fs::write(temp.join("names/deep/mine.txt"), "").unwrap();
    assert_eq!(run_named(&temp, &SHOP, &["export", "names"]).code, 0);
    assert_eq!(
        temp.files("names/deep"),
        ["mine.txt"],
        "an empty directory is removed, others stay"
    );
    let refused = run_named(&temp, &SHOP, &["export", "names", "--files", "none"]);
    let err =
        "error[EV0110]: no event has a name\n --> shop/src/payment.rs:12:16\nhelp: name them\n";
    assert_eq!(refused, ran(100, "", err));
}

#[test]
fn exporters_share_a_directory() {
    let temp = exported("share");
    let names = ["export", "names", "-o", "schemas"];
    assert_eq!(run_named(&temp, &SHOP, &names).code, 0);
    assert_eq!(run_named(&temp, &LATER, EXPORT).code, 0);
    assert_eq!(run_named(&temp, &LATER, &names).code, 0);
    let files = [
        MANIFEST,
        "cache_hit.v1.json",
        "index.json",
        "names.txt",
        "payment_process_failed.v2.json",
    ];
    assert_eq!(temp.files("schemas"), files);
    assert_eq!(run_named(&temp, &LATER, CHECK).code, 0);
    // One name for two files.
    let index = fs::read_to_string(temp.join("schemas/index.json")).unwrap();
    let clash = run_named(&temp, &LATER, &["export", "names", "--files", "index", "-o", "schemas"]);
    let err = "\
removed schemas/names.txt
1 file in schemas, 0 changed, 1 removed
error[EV0109]: `schemas/index.json` is a file of `export json-schema`
 --> schemas/index.json
help: export to another directory: `-o DIR`
";
    assert_eq!(clash, ran(100, "", err));
    assert_eq!(fs::read_to_string(temp.join("schemas/index.json")).unwrap(), index);
}

#[test]
fn a_directory_in_the_place_of_an_old_file_is_a_persons() {
    let temp = exported("directory");
    let old = temp.join("schemas/payment_process_failed.v1.json");
    fs::remove_file(&old).unwrap();
    fs::create_dir(&old).unwrap();
    assert_eq!(run_in(temp.path(), &LATER, EXPORT).code, 0);
    assert!(old.is_dir());
}
