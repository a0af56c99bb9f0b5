//! `lag`.

use crate::status::busy;

#[test]
fn a_line_for_each_target() {
    let out = busy().run("lag --configured billing --configured search").ok();
    let lines: Vec<&str> = out.lines().collect();
    let [billing, search] = lines.as_slice() else { panic!("{out}") };
    assert_eq!(*search, "events=0 seconds=0 target=search");
    assert!(billing.starts_with("events=2 seconds=4320"), "{billing}");
    assert!(billing.ends_with(" target=billing"), "{billing}");
}

#[test]
fn above_a_limit_it_is_a_finding() {
    let shop = busy();
    let code = |words: &str| shop.run(&format!("lag --target billing {words}")).code;
    assert_eq!(code("--max-events 2"), 0);
    assert_eq!(code("--max-events 1"), 100);
    assert_eq!(code("--max-seconds 999999"), 0);
    assert_eq!(code("--max-seconds 60"), 100);
    assert_eq!(code("--max-events 2 --max-seconds 60"), 100);
    assert_eq!(shop.run("lag --target search --max-events 0 --max-seconds 0").code, 0);
}

#[test]
fn a_target_that_is_not_configured_counts_only_if_it_is_named() {
    let shop = busy();
    assert_eq!(shop.run("lag --configured search --max-events 0").code, 0);
    assert_eq!(shop.run("lag --configured search --target old --max-events 0").code, 100);
}

#[test]
fn without_a_target_it_cannot_run() {
    let ran = busy().run("lag --target serch");
    let text = "error: there is no target `serch`\nhelp: there is `billing`, `old`, `search`\n";
    assert_eq!((ran.code, ran.err.as_str(), ran.out.as_str()), (101, text, ""));
    let ran = crate::shop::Shop::new().run("lag");
    assert_eq!(ran.code, 101, "an alert must not be silent");
}

#[test]
fn an_age_that_cannot_be_read_exceeds_every_limit() {
    let shop = busy();
    let sql = "DROP TRIGGER domain_events_append_only";
    shop.execute(sql, &[]);
    for time in ["'soon'", "CAST(x'ff' AS TEXT)"] {
        let update = format!("UPDATE domain_events SET recorded_at = {time} WHERE seq = 5");
        shop.execute(&update, &[]);
        let ran = shop.run("lag --target billing --max-seconds 999999");
        let line = "events=2 seconds=? target=billing\n";
        assert_eq!((ran.code, ran.out.as_str()), (100, line), "{time}");
    }
}
