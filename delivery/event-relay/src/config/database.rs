//! Where the database is: a path, a URL, or a table with a URL.

use super::input::{Input, Located, Refused, beside, variable_of};
use super::secret::{ELSEWHERE, SecretText, is_reference};
use super::section::{Section, Written};
use crate::database::{DatabaseLocation, InvalidLocation};
use std::collections::BTreeMap;
use std::path::Path;

/// What to write in the place of a URL with a password.
const WITHOUT_PASSWORD: &str = "remove it, and name it: `password = \"env:NAME\"` in `[database]`; or \
                                name the whole URL: `env:NAME` or `file:PATH`";

/// What to write if the database is missing.
const EXAMPLE: &str =
    "write `database = \"shop.db\"`, or `database = \"postgres://relay@db.internal/shop\"`";

/// Reads the location that a text in the file `config` names: `shop.db`, `postgres://USER@HOST/NAME`,
/// or `env:NAME` or `file:PATH` of a whole URL. Relative paths are beside the file.
pub(crate) fn location(
    text: &str,
    config: &Path,
    environment: &BTreeMap<String, String>,
) -> Result<DatabaseLocation, Refused> {
    if !is_reference(text) {
        return location_of_text(text, config);
    }
    let secret = SecretText::read(text, config, environment)?;
    if !DatabaseLocation::is_url(secret.expose()) {
        return Err(Refused::new(format!("names {secret}, which is not a URL of PostgreSQL"))
            .help("put a URL such as `postgres://relay:PASSWORD@db.internal/shop` there"));
    }
    DatabaseLocation::postgres(secret.expose()).map_err(|invalid| {
        let Refused { message, help } = refused(&invalid);
        Refused { message: format!("names {secret}, which {message}"), help }
    })
}

fn location_of_text(text: &str, config: &Path) -> Result<DatabaseLocation, Refused> {
    if !DatabaseLocation::is_url(text) {
        if DatabaseLocation::means_server(text) {
            return Err(Refused::new("is neither the path of a file nor a URL of PostgreSQL")
                .help(
                    "write a URL such as `postgres://relay@db.internal/shop`, without a password",
                ));
        }
        return Ok(beside(config, text).into());
    }
    let location = DatabaseLocation::postgres(text).map_err(|invalid| refused(&invalid))?;
    if location.has_password() {
        return Err(Refused::new("has a password in it").help(WITHOUT_PASSWORD));
    }
    Ok(location)
}

fn refused(invalid: &InvalidLocation) -> Refused {
    Refused::new(invalid.message()).help(invalid.help())
}

/// Reads `database`, which is a text or a table.
pub(super) fn read(top: &mut Section<'_>, input: &mut Input<'_>) -> Option<DatabaseLocation> {
    let is_table = top.has_table("database")
        || (!top.is_set(input, "database") && input.has_variables_within("database"));
    if is_table && let Some(table) = top.section(input, "database") {
        refuse_variable_of_text(input);
        return read_table(table, input);
    }
    let found = read_text(top, input, "database");
    if found.is_none() {
        top.missing_unless_refused(input, "database", EXAMPLE);
    }
    found.map(|found| found.value)
}

/// A variable for `database` would be ignored beside a table, and another database be used than the
/// one that it names.
fn refuse_variable_of_text(input: &mut Input<'_>) {
    if let Some(Located { place, .. }) = input.variable("database") {
        let url = variable_of("database.url");
        let refused = Refused::new("`database` is a table, so this variable overrides nothing");
        input.refuse(&place, refused.help(format!("set `{url}`, which overrides its `url`")));
    }
}

fn read_text(
    section: &mut Section<'_>,
    input: &mut Input<'_>,
    key: &str,
) -> Option<Located<DatabaseLocation>> {
    let (file, environment) = (input.file(), input.environment());
    section.value(input, key, Written::Text, |text| match text {
        "" => Err(Refused::new("is empty")),
        text => location(text, file, environment),
    })
}

fn read_table(mut table: Section<'_>, input: &mut Input<'_>) -> Option<DatabaseLocation> {
    let url = read_text(&mut table, input, "url");
    if url.is_none() {
        let help = "write `url = \"postgres://relay@db.internal/shop\"`";
        table.missing_unless_refused(input, "url", help);
    }
    let password = table.secret(input, "password");
    let ca_file = table.text(input, "ca_file").map(|path| input.path(&path.value));
    table.finish(input);
    let Located { value: location, place } = url?;
    if location.file().is_some() && (password.is_some() || ca_file.is_some()) {
        let refused =
            Refused::new("`database.url` is a path, which needs no password and no `ca_file`")
                .help("write `database = \"PATH\"`, or a URL of PostgreSQL");
        input.refuse(&place, refused);
    }
    if password.is_some() && location.has_password() {
        let refused =
            Refused::new("`database.url` has a password in it, and `password` is another");
        input.refuse(&place, refused.help(ELSEWHERE));
    }
    let location = match &password {
        Some(password) => location.with_password(password.value.expose()),
        None => location,
    };
    Some(match ca_file {
        Some(path) => location.with_ca_file(&path),
        None => location,
    })
}
