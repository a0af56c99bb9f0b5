//! Releases.

use crate::types::account::User;
use crate::types::conversation::Reactions;
use crate::types::source::{Action, Source};
use event_core::{Timestamp, events};

events!(
    /// Versions that are given to users.
    #[domain(rename = "release", optional(action))]
    pub enum ReleaseDomain {}

    /// A release is public.
    #[event(info)]
    #[derive(Clone, PartialEq)]
    pub struct ReleasePublished {
        pub action: Action,
        pub release: Release,
        #[group]
        pub source: Source,
    }

    /// A release.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct Release {
        pub url: String,
        pub assets_url: String,
        pub upload_url: String,
        pub html_url: String,
        pub id: i64,
        pub node_id: String,
        pub tag_name: String,
        pub target_commitish: String,
        pub name: Option<String>,
        pub draft: bool,
        pub author: User,
        pub prerelease: bool,
        pub created_at: Option<Timestamp>,
        pub published_at: Option<Timestamp>,
        pub assets: Vec<ReleaseAsset>,
        pub tarball_url: Option<String>,
        pub zipball_url: Option<String>,
        #[field(public)]
        pub body: Option<String>,
        #[field(skip_none)]
        pub mentions_count: Option<i64>,
        #[field(skip_none)]
        pub reactions: Option<Reactions>,
        #[field(skip_none)]
        pub discussion_url: Option<String>,
    }

    /// A file of a release.
    #[value]
    #[derive(Clone, PartialEq)]
    pub struct ReleaseAsset {
        pub url: String,
        pub browser_download_url: String,
        pub id: i64,
        pub node_id: String,
        pub name: String,
        pub label: Option<String>,
        pub state: AssetState,
        pub content_type: String,
        pub size: i64,
        pub download_count: i64,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        #[field(skip_none)]
        pub uploader: Option<User>,
    }

    /// Whether a file is there.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum AssetState {
        Uploaded,
    }
);
