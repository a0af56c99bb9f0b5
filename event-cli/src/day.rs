//! The current day.

use crate::console::Ending;
use crate::environment::Env;
use event_core::Timestamp;

const MICROS_OF_SECOND: i64 = 1_000_000;
const SECONDS_OF_DAY: i64 = 86_400;

/// The day `days` from today, as `YYYY-MM-DD` in UTC. `SOURCE_DATE_EPOCH` overrides today, so that
/// a repeated build gives the same result.
pub(crate) fn from_today(days: i64, env: &Env) -> Result<String, Ending> {
    let now = match env.variable("SOURCE_DATE_EPOCH") {
        None => env.now().as_micros(),
        Some(seconds) => seconds
            .parse()
            .ok()
            .and_then(|seconds: i64| seconds.checked_mul(MICROS_OF_SECOND))
            .ok_or_else(|| {
                let what = format!("`SOURCE_DATE_EPOCH` is `{}`", seconds.escape_debug());
                Ending::could_not_run(what, "expected a number of seconds since 1970".to_owned())
            })?,
    };
    let then = now.saturating_add(days * SECONDS_OF_DAY * MICROS_OF_SECOND);
    Ok(Timestamp::from_micros(then).to_string().chars().take(10).collect())
}
