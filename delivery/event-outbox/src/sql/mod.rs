//! The SQL of the outbox, for adapters and for migration tools. One module for each dialect.

use crate::migration::MigrationStep;

pub mod postgres;
pub mod sqlite;

/// All steps, and their rows in `outbox_schema`. `now` is the time in the dialect's SQL.
fn script(schema_table: &str, migrations: &[MigrationStep], now: &str) -> String {
    let mut text = schema_table.to_owned();
    for MigrationStep { version, name, sql } in migrations {
        let step = format!(
            "\n-- Step {version}: {name}.\n{sql}\n\
             INSERT INTO outbox_schema (version, name, migrated_at)\n    \
             VALUES ({version}, '{name}', {now});\n",
        );
        text.push_str(&step);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{MigrationStep, postgres, sqlite};
    use crate::row::OutboxRow;

    const DIALECTS: [(&[MigrationStep], &str); 2] =
        [(postgres::MIGRATIONS, postgres::INSERT), (sqlite::MIGRATIONS, sqlite::INSERT)];

    #[test]
    fn steps_are_numbered_from_one_and_are_the_same_in_all_dialects() {
        for (migrations, _) in DIALECTS {
            let numbers = migrations.iter().map(|step| usize::try_from(step.version).unwrap());
            assert!(numbers.eq(1..=migrations.len()));
            let names = migrations.iter().map(|step| step.name);
            assert!(names.eq(sqlite::MIGRATIONS.iter().map(|step| step.name)));
        }
    }

    #[test]
    fn a_name_is_plain_text() {
        let mut steps = DIALECTS.iter().flat_map(|(migrations, _)| *migrations);
        assert!(steps.all(|step| !step.name.contains('\'')));
    }

    /// With [`postgres::OTHER_TABLE`], the events are a view, which a step cannot change.
    #[test]
    fn a_step_after_the_first_does_not_change_the_events() {
        let changes = |step: &MigrationStep| step.sql.contains("domain_events");
        assert!(changes(&postgres::MIGRATIONS[0]));
        for step in &postgres::MIGRATIONS[1..] {
            assert!(!changes(step), "step {} needs another one for views", step.version);
        }
    }

    #[test]
    fn the_view_of_another_table_has_the_columns_of_the_events() {
        let table = postgres::MIGRATIONS[0].sql;
        let table = table.split("CREATE TABLE domain_events (\n").nth(1).unwrap();
        let columns = table.lines().map_while(|line| line.strip_prefix("    "));
        let view = postgres::OTHER_TABLE.split("CREATE VIEW domain_events AS\nSELECT\n").nth(1);
        let mut lines = view.unwrap().lines().map(|line| line.trim_end_matches(','));
        for column in columns.map(|line| line.split(' ').next().unwrap()) {
            let line = lines.next().unwrap();
            let ends = [format!(".{column}"), format!(" AS {column}")];
            assert!(ends.iter().any(|end| line.ends_with(end.as_str())), "{column}: {line}");
        }
        assert!(lines.next().unwrap().starts_with("FROM outbox_place"));
    }

    /// The columns that a statement inserts, but `txid`.
    fn inserted(sql: &str) -> Vec<&str> {
        let between = sql.split(['(', ')']).nth(1).unwrap();
        between.split(',').map(str::trim).filter(|column| *column != "txid").collect()
    }

    #[test]
    fn an_insert_names_the_columns_in_the_order_of_the_values() {
        for (migrations, insert) in DIALECTS {
            assert_eq!(inserted(insert), OutboxRow::COLUMNS);
            for column in OutboxRow::COLUMNS {
                assert!(migrations[0].sql.contains(&format!("    {column} ")), "{column}");
            }
        }
    }

    #[test]
    fn the_arrays_have_the_types_and_the_order_of_the_columns() {
        let words: Vec<&str> = postgres::INSERT.split([' ', '\n', ',', '(', ')']).collect();
        let table = postgres::MIGRATIONS[0].sql;
        let event = postgres::INSERT.split("AS event (").nth(1).unwrap();
        for (at, column) in OutboxRow::COLUMNS.into_iter().enumerate() {
            let line = table.lines().find_map(|line| line.strip_prefix(&format!("    {column} ")));
            let word = line.unwrap().split([' ', ',']).next().unwrap();
            let array = match word {
                "bigint" => "bigint[]".to_owned(),
                // Its texts are cast one by one.
                "text" | "json" => "text[]".to_owned(),
                word => format!("text[]::{word}[]"),
            };
            assert!(words.contains(&&*format!("${}::{array}", at + 1)), "{column}: {array}");
            assert_eq!(event.split([',', ')']).nth(at).map(str::trim), Some(column));
        }
    }

    #[test]
    fn a_transaction_has_its_id_before_a_row_has_its_number() {
        let at = |sql: &str, text: &str| sql.find(text).unwrap();
        let table = postgres::MIGRATIONS[0].sql;
        assert!(at(table, "\n    txid xid8") < at(table, "\n    seq bigint"));
        let places = postgres::OTHER_TABLE;
        assert!(at(places, "\n    txid xid8") < at(places, "\n    seq bigint"));
        assert!(postgres::INSERT.starts_with("INSERT INTO domain_events (\n    txid,"));
        assert!(postgres::INSERT.contains("SELECT\n    pg_current_xact_id(),"));
    }
}
