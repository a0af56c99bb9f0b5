//! What the catalog has locked stays readable, and its lock says what is declared.

event_cli::lock_tests!(catalog::ReferenceEvent, catalog::CATALOG);
