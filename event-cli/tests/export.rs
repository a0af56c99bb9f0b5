//! `export`: what is written, what is left alone, what is said.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod fixture;

use event_export::MANIFEST;
use fixture::{LATER, Ran, SHOP, Temp, UNSOUND, run_in};
use serde_json::Value;
use std::fs;

const EXPORT: &[&str] = &["export", "json-schema"];
const CHECK: &[&str] = &["export", "json-schema", "--check"];

fn ran(code: u8, out: &str, err: &str) -> Ran {
    Ran { code, out: out.to_owned(), err: err.to_owned() }
}

#[test]
fn files_are_written_once() {
    let temp = Temp::new("written");
    assert_eq!(run_in(temp.path(), &SHOP, EXPORT), ran(0, "", "4 files in schemas, 4 changed\n"));
    let files = [
        MANIFEST,
        "cache_hit.v1.json",
        "index.json",
        "payment_process_failed.v1.json",
        "payment_process_failed.v2.json",
    ];
    assert_eq!(temp.files("schemas"), files);
    assert_eq!(run_in(temp.path(), &SHOP, EXPORT), ran(0, "", "4 files in schemas, 0 changed\n"));
    assert_eq!(run_in(temp.path(), &SHOP, CHECK), ran(0, "", "4 files in schemas, up to date\n"));
}

#[test]
fn an_unchanged_file_is_not_touched() {
    let temp = Temp::new("untouched");
    run_in(temp.path(), &SHOP, EXPORT);
    let written =
        |file: &str| fs::metadata(temp.join("schemas").join(file)).unwrap().modified().unwrap();
    let before = written("payment_process_failed.v1.json");
    fs::remove_file(temp.join("schemas/cache_hit.v1.json")).unwrap();
    assert_eq!(run_in(temp.path(), &SHOP, EXPORT).err, "4 files in schemas, 1 changed\n");
    assert_eq!(written("payment_process_failed.v1.json"), before);
}

#[test]
fn options_choose_the_schema() {
    let temp = Temp::new("options");
    let args = [
        "export",
        "json-schema",
        "--dialect",
        "draft-07",
        "--contract",
        "read",
        "--rendering",
        "payload",
        "--strict",
        "-o",
        "out/deep",
    ];
    assert_eq!(run_in(temp.path(), &SHOP, &args).code, 0);
    let schema = fs::read_to_string(temp.join("out/deep/payment_process_failed.v2.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(schema["$id"], "urn:event:payment_process_failed:2:payload:read");
    assert!(!schema.to_string().contains("x-event"));

    let mut check = args.to_vec();
    check.push("--check");
    fs::remove_file(temp.join("out/deep/cache_hit.v1.json")).unwrap();
    let checked = run_in(temp.path(), &SHOP, &check);
    assert_eq!(checked.code, 100);
    assert!(
        checked.err.contains(
            "`cargo run -p shop-catalog -- export json-schema --dialect draft-07 --contract read \
             --rendering payload --strict -o out/deep`"
        ),
        "{}",
        checked.err
    );
}

#[test]
fn each_form_has_schemas_of_its_own() {
    let temp = Temp::new("forms");
    for form in ["line", "payload", "envelope"] {
        assert_eq!(
            run_in(temp.path(), &SHOP, &["export", "json-schema", "--rendering", form, "-o", form])
                .code,
            0
        );
        let schema = fs::read_to_string(temp.join(form).join("cache_hit.v1.json")).unwrap();
        let schema: Value = serde_json::from_str(&schema).unwrap();
        assert_eq!(schema["$id"], format!("urn:event:cache_hit:1:{form}:write"));
        let check = run_in(
            temp.path(),
            &SHOP,
            &["export", "json-schema", "--rendering", form, "-o", form, "--check"],
        );
        assert_eq!(check.code, 0, "{}", check.err);
    }
    let out = &["export", "json-schema", "--rendering", "envelope", "-o", "line", "--check"];
    let checked = run_in(temp.path(), &SHOP, out);
    assert!(checked.err.contains("--rendering envelope -o line"), "{}", checked.err);
}

#[test]
fn a_check_writes_nothing_and_lists_what_is_to_do() {
    let temp = Temp::new("check");
    let checked = run_in(temp.path(), &SHOP, CHECK);
    assert_eq!(checked.code, 100);
    assert_eq!(checked.out.lines().count(), 5);
    assert!(!temp.join("schemas").exists());

    run_in(temp.path(), &SHOP, EXPORT);
    fs::remove_file(temp.join("schemas/payment_process_failed.v2.json")).unwrap();
    let out = "\
changed schemas/cache_hit.v1.json
missing schemas/payment_process_failed.v2.json
changed schemas/index.json
stale schemas/payment_process_failed.v1.json
changed schemas/.events-export.json
";
    let err = "\
error[EV0102]: 5 files in `schemas` are out of date
 --> schemas/cache_hit.v1.json
help: run `cargo run -p shop-catalog -- export json-schema` and commit the files that it writes
";
    assert_eq!(run_in(temp.path(), &LATER, CHECK), ran(100, out, err));
    assert!(temp.join("schemas/payment_process_failed.v1.json").exists());
}

#[test]
fn only_what_an_earlier_export_wrote_is_removed() {
    let temp = Temp::new("stale");
    run_in(temp.path(), &SHOP, EXPORT);
    fs::write(temp.join("schemas/README.md"), "ours").unwrap();
    fs::write(temp.join("schemas/handwritten.v1.json"), "{}").unwrap();
    let err = "\
kept schemas/handwritten.v1.json: it has the name of an exported file, but no export lists it
removed schemas/payment_process_failed.v1.json
3 files in schemas, 2 changed, 1 removed
";
    assert_eq!(run_in(temp.path(), &LATER, EXPORT), ran(0, "", err));
    let files = [
        MANIFEST,
        "README.md",
        "cache_hit.v1.json",
        "handwritten.v1.json",
        "index.json",
        "payment_process_failed.v2.json",
    ];
    assert_eq!(temp.files("schemas"), files);
}

#[test]
fn a_file_in_the_place_of_the_directory() {
    let temp = Temp::new("file");
    fs::write(temp.join("schemas"), "").unwrap();
    let err = "error: `schemas` is not a directory\nhelp: name another one with `-o DIR`\n";
    assert_eq!(run_in(temp.path(), &SHOP, EXPORT), ran(101, "", err));
    assert_eq!(run_in(temp.path(), &SHOP, CHECK), ran(101, "", err));
    let below = run_in(temp.path(), &SHOP, &["export", "json-schema", "-o", "schemas/below"]);
    assert_eq!(below.code, 101);
    assert!(below.err.contains("`schemas/below`"), "{}", below.err);
}

#[test]
fn a_directory_in_the_place_of_a_file() {
    let temp = Temp::new("directory");
    fs::create_dir_all(temp.join("schemas/cache_hit.v1.json")).unwrap();
    let ran = run_in(temp.path(), &SHOP, EXPORT);
    assert_eq!(ran.code, 101);
    assert!(ran.err.starts_with("error: cannot read `schemas/cache_hit.v1.json`: "), "{}", ran.err);
}

/// The superuser may write everywhere, but not where there is no room.
#[cfg(target_os = "linux")]
#[test]
fn a_place_that_takes_no_files() {
    let ran = run_in("/proc".as_ref(), &SHOP, EXPORT);
    assert_eq!(ran.code, 101);
    assert!(ran.err.starts_with("error: cannot create `schemas`: "), "{}", ran.err);
}

#[test]
fn a_catalog_that_has_no_schema() {
    let temp = Temp::new("unsound");
    let err = "\
error[EV0104]: `cache_hit` v1: two of its fields have the key `path`
 --> shop/src/payment.rs:12:16
help: rename one of them: `#[field(rename = \"other_path\")]`, or leave one of the groups out
";
    assert_eq!(run_in(temp.path(), &UNSOUND, EXPORT), ran(100, "", err));
    assert!(!temp.join("schemas").exists());
}

#[test]
fn a_schema_file_that_no_export_lists_is_reported_and_left() {
    let temp = Temp::new("unlisted");
    run_in(temp.path(), &SHOP, EXPORT);
    // A merge of two lists lost a line, and later the event went.
    let list = temp.join("schemas").join(MANIFEST);
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text.replacen("payment_process_failed.v1.json", "gone.v1.json", 1)).unwrap();
    run_in(temp.path(), &LATER, EXPORT);
    for name in ["order placed.v1.json", "notes.json", "README.md", "order_placed.json"] {
        fs::write(temp.join("schemas").join(name), "{}").unwrap();
    }
    let err = "\
error[EV0107]: `schemas/payment_process_failed.v1.json` has the name of an exported file, but no \
               export lists it
 --> schemas/payment_process_failed.v1.json
help: if no event has this version any more, remove it: `rm \
               schemas/payment_process_failed.v1.json`; keep your own files under another name
";
    let out = "unlisted schemas/payment_process_failed.v1.json\n";
    assert_eq!(run_in(temp.path(), &LATER, CHECK), ran(100, out, err));
    let written = run_in(temp.path(), &LATER, EXPORT);
    let err = "kept schemas/payment_process_failed.v1.json: it has the name of an exported file, \
               but no export lists it\n3 files in schemas, 0 changed\n";
    assert_eq!(written, ran(0, "", err));
    assert!(temp.join("schemas/payment_process_failed.v1.json").exists(), "it may be somebody's");
    // Without a list, nothing is known to be ours.
    fs::remove_file(&list).unwrap();
    let checked = run_in(temp.path(), &LATER, CHECK);
    let missing = "missing schemas/.events-export.json\n";
    assert_eq!((checked.code, checked.out), (100, missing.to_owned() + out));
    fs::remove_file(temp.join("schemas/payment_process_failed.v1.json")).unwrap();
    run_in(temp.path(), &LATER, EXPORT);
    assert_eq!(run_in(temp.path(), &LATER, CHECK).code, 0);
}

#[cfg(unix)]
#[test]
fn files_that_are_links_stay_links() {
    use std::os::unix::fs::symlink;
    let temp = Temp::new("links");
    run_in(temp.path(), &SHOP, EXPORT);
    fs::create_dir(temp.join("shared")).unwrap();
    for file in ["index.json", "cache_hit.v1.json"] {
        fs::rename(temp.join("schemas").join(file), temp.join("shared").join(file)).unwrap();
        symlink(format!("../shared/{file}"), temp.join("schemas").join(file)).unwrap();
    }
    assert_eq!(run_in(temp.path(), &SHOP, CHECK).code, 0);
    assert_eq!(run_in(temp.path(), &LATER, EXPORT).code, 0);
    for file in ["index.json", "cache_hit.v1.json"] {
        assert!(temp.join("schemas").join(file).is_symlink(), "{file}");
    }
    assert!(
        fs::read_to_string(temp.join("shared/cache_hit.v1.json")).unwrap().contains("trace"),
        "through the link"
    );
    assert_eq!(run_in(temp.path(), &LATER, CHECK).code, 0);
    assert_eq!(
        temp.files("shared"),
        ["cache_hit.v1.json", "index.json"],
        "nothing is left beside the files"
    );

    fs::remove_file(temp.join("shared/index.json")).unwrap();
    for args in [EXPORT, CHECK] {
        let dangling = run_in(temp.path(), &LATER, args);
        let why = "`schemas/index.json`: it is a symbolic link to `../shared/index.json`, which \
                   does not exist";
        assert!(dangling.code == 101 && dangling.err.contains(why), "{}", dangling.err);
    }
    symlink("nowhere", temp.join("link")).unwrap();
    let directory = run_in(temp.path(), &SHOP, &["export", "json-schema", "-o", "link"]);
    let why = "`link`: it is a symbolic link to `nowhere`, which does not exist";
    assert!(directory.code == 101 && directory.err.contains(why), "{}", directory.err);
}

#[test]
fn what_a_killed_export_left_is_removed_and_nothing_else() {
    let temp = Temp::new("litter");
    run_in(temp.path(), &SHOP, EXPORT);
    let ours = [".index.json.4711.tmp", ".cache_hit.v1.json.1.tmp"];
    let others = [".notes.json.4711.tmp", "index.json.4711.tmp", ".index.json.tmp"];
    for name in ours.iter().chain(&others) {
        fs::write(temp.join("schemas").join(name), "half a fi").unwrap();
    }
    assert_eq!(run_in(temp.path(), &SHOP, CHECK).code, 0);
    assert!(temp.join("schemas").join(ours[0]).exists(), "a check writes nothing");
    run_in(temp.path(), &SHOP, EXPORT);
    let left = temp.files("schemas");
    assert!(ours.iter().all(|name| !left.contains(&(*name).to_owned())), "{left:?}");
    assert!(others.iter().all(|name| left.contains(&(*name).to_owned())), "{left:?}");
}

#[test]
fn the_command_that_writes_is_quoted() {
    let temp = Temp::new("quoted");
    let args = ["export", "json-schema", "--check", "-o", "my $schemas"];
    let checked = run_in(temp.path(), &SHOP, &args);
    let command = "`cargo run -p shop-catalog -- export json-schema -o 'my $schemas'`";
    assert!(checked.err.contains(command), "{}", checked.err);
    run_in(temp.path(), &SHOP, &["export", "json-schema", "-o", "my $schemas"]);
    fs::write(temp.join("my $schemas/gone.v1.json"), "{}").unwrap();
    let checked = run_in(temp.path(), &SHOP, &args);
    assert!(checked.err.contains("`rm 'my $schemas/gone.v1.json'`"), "{}", checked.err);
}
