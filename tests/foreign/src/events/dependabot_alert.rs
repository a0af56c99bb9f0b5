//! Alerts about dependencies.

use crate::types::account::User;
use crate::types::source::{Action, Source};
use event_core::value::Presence;
use event_core::{Timestamp, events};

events!(
    /// Dependencies that are vulnerable.
    #[domain(rename = "dependabot_alert", optional(action))]
    pub enum DependabotAlertDomain {}

    /// A dependency is found to be vulnerable.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct DependabotAlertCreated {
        pub action: Action,
        pub alert: DependabotAlert,
        #[group]
        pub source: Source,
    }

    /// An alert about a vulnerable dependency.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct DependabotAlert {
        pub number: i64,
        pub state: AlertState,
        pub dependency: Dependency,
        pub security_advisory: SecurityAdvisory,
        pub security_vulnerability: SecurityVulnerability,
        pub url: String,
        pub html_url: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub dismissed_at: Option<Timestamp>,
        pub auto_dismissed_at: Presence<Timestamp>,
        pub dismissed_by: Option<User>,
        pub dismissed_reason: Option<DismissedReason>,
        pub dismissed_comment: Option<String>,
        pub fixed_at: Option<Timestamp>,
    }

    /// What became of an alert.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum AlertState {
        Dismissed,
        Fixed,
        Open,
        AutoDismissed,
    }

    /// Why an alert was dismissed.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum DismissedReason {
        FixStarted,
        Inaccurate,
        NoBandwidth,
        NotUsed,
        TolerableRisk,
    }

    /// The dependency that is vulnerable.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Dependency {
        pub package: VulnerablePackage,
        pub manifest_path: String,
        pub scope: Option<DependencyScope>,
    }

    /// When a dependency is needed.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum DependencyScope {
        Development,
        Runtime,
    }

    /// A package of a registry.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct VulnerablePackage {
        pub name: String,
        pub ecosystem: String,
    }

    /// What is known of a vulnerability.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct SecurityAdvisory {
        pub ghsa_id: String,
        pub cve_id: Option<String>,
        pub summary: String,
        pub description: String,
        pub vulnerabilities: Vec<SecurityVulnerability>,
        pub severity: Severity,
        pub cvss: Cvss,
        pub cwes: Vec<Cwe>,
        pub identifiers: Vec<AdvisoryIdentifier>,
        pub references: Vec<AdvisoryReference>,
        pub published_at: Timestamp,
        pub updated_at: Timestamp,
        pub withdrawn_at: Option<Timestamp>,
    }

    /// Which versions of a package are vulnerable.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct SecurityVulnerability {
        pub package: VulnerablePackage,
        pub severity: Severity,
        pub vulnerable_version_range: String,
        pub first_patched_version: PatchedVersion,
    }

    /// The first version without the vulnerability.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct PatchedVersion {
        pub identifier: String,
    }

    /// How severe a vulnerability is.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum Severity {
        Low,
        Medium,
        High,
        Critical,
    }

    /// How severe a vulnerability is, as a score.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Cvss {
        pub score: f64,
        pub vector_string: Option<String>,
    }

    /// A kind of weakness.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Cwe {
        pub cwe_id: String,
        pub name: String,
    }

    /// A name of an advisory.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct AdvisoryIdentifier {
        pub r#type: IdentifierType,
        pub value: String,
    }

    /// Where more about an advisory is.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct AdvisoryReference {
        pub url: String,
    }

    /// Who gives the name.
    #[value(rename_all = "SCREAMING_SNAKE_CASE")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum IdentifierType {
        Cve,
        Ghsa,
    }
);
