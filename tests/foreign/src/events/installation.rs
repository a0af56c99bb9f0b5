//! Installations of apps.

use crate::types::account::{Enterprise, User};
use crate::types::alternatives::Moment;
use crate::types::app::{EventName, Permissions};
use crate::types::source::Action;
use event_core::value::Presence;
use event_core::{Timestamp, events};

events!(
    /// Accounts that use an app.
    #[domain(rename = "installation", optional(action))]
    pub enum InstallationDomain {}

    /// An account has installed an app.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct InstallationCreated {
        pub action: Action,
        #[field(dictionary = "elsewhere the sender gives its id only")]
        pub installation: Installation,
        #[field(skip_none)]
        pub repositories: Option<Vec<InstalledRepository>>,
        #[field(skip_none)]
        pub requester: Option<User>,
        pub sender: User,
        #[field(skip_none)]
        pub enterprise: Option<Enterprise>,
    }

    /// An installation of an app.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Installation {
        pub id: i64,
        pub account: User,
        pub repository_selection: RepositorySelection,
        pub access_tokens_url: String,
        pub repositories_url: String,
        pub html_url: String,
        pub app_id: i64,
        #[field(skip_none)]
        pub app_slug: Option<String>,
        pub target_id: i64,
        pub target_type: TargetType,
        pub permissions: Permissions,
        pub events: Vec<EventName>,
        pub created_at: Moment,
        pub updated_at: Moment,
        pub single_file_name: Option<String>,
        #[field(skip_none)]
        pub has_multiple_single_files: Option<bool>,
        #[field(skip_none)]
        pub single_file_paths: Option<Vec<String>>,
        pub suspended_by: Presence<User>,
        pub suspended_at: Presence<Timestamp>,
    }

    /// A repository that an app is installed on.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct InstalledRepository {
        pub id: i64,
        pub node_id: String,
        pub name: String,
        pub full_name: String,
        pub private: bool,
    }

    /// Which repositories an app is installed on.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum RepositorySelection {
        All,
        Selected,
    }

    /// What an app is installed on.
    #[value]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum TargetType {
        User,
        Organization,
    }
);
