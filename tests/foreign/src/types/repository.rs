//! Repositories, in three sizes.

use crate::types::account::User;
use crate::types::alternatives::{Moment, PropertyValue};
use event_core::{EventValue, Timestamp};
use std::collections::BTreeMap;

/// A repository, in full.
#[derive(EventValue, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "another system's payload")]
pub struct Repository {
    pub id: i64,
    pub node_id: String,
    pub name: String,
    pub full_name: String,
    pub private: bool,
    pub owner: User,
    pub html_url: String,
    pub description: Option<String>,
    pub fork: bool,
    pub url: String,
    pub forks_url: String,
    pub keys_url: String,
    pub collaborators_url: String,
    pub teams_url: String,
    pub hooks_url: String,
    pub issue_events_url: String,
    pub events_url: String,
    pub assignees_url: String,
    pub branches_url: String,
    pub tags_url: String,
    pub blobs_url: String,
    pub git_tags_url: String,
    pub git_refs_url: String,
    pub trees_url: String,
    pub statuses_url: String,
    pub languages_url: String,
    pub stargazers_url: String,
    pub contributors_url: String,
    pub subscribers_url: String,
    pub subscription_url: String,
    pub commits_url: String,
    pub git_commits_url: String,
    pub comments_url: String,
    pub issue_comment_url: String,
    pub contents_url: String,
    pub compare_url: String,
    pub merges_url: String,
    pub archive_url: String,
    pub downloads_url: String,
    pub issues_url: String,
    pub pulls_url: String,
    pub milestones_url: String,
    pub notifications_url: String,
    pub labels_url: String,
    pub releases_url: String,
    pub deployments_url: String,
    pub created_at: Moment,
    pub updated_at: Timestamp,
    pub pushed_at: Option<Moment>,
    pub git_url: String,
    pub ssh_url: String,
    pub clone_url: String,
    pub svn_url: String,
    pub homepage: Option<String>,
    pub size: i64,
    pub stargazers_count: i64,
    pub watchers_count: i64,
    pub language: Option<String>,
    pub has_issues: bool,
    pub has_projects: bool,
    pub has_downloads: bool,
    pub has_wiki: bool,
    pub has_pages: bool,
    #[field(skip_none)]
    pub has_discussions: Option<bool>,
    pub forks_count: i64,
    pub mirror_url: Option<String>,
    pub archived: bool,
    #[field(skip_none)]
    pub disabled: Option<bool>,
    pub open_issues_count: i64,
    pub license: Option<License>,
    pub forks: i64,
    pub open_issues: i64,
    pub watchers: i64,
    #[field(skip_none)]
    pub stargazers: Option<i64>,
    pub default_branch: String,
    #[field(skip_none)]
    pub allow_squash_merge: Option<bool>,
    #[field(skip_none)]
    pub allow_merge_commit: Option<bool>,
    #[field(skip_none)]
    pub allow_rebase_merge: Option<bool>,
    #[field(skip_none)]
    pub allow_auto_merge: Option<bool>,
    #[field(skip_none)]
    pub allow_forking: Option<bool>,
    #[field(skip_none)]
    pub allow_update_branch: Option<bool>,
    #[field(skip_none)]
    pub use_squash_pr_title_as_default: Option<bool>,
    #[field(skip_none)]
    pub squash_merge_commit_message: Option<String>,
    #[field(skip_none)]
    pub squash_merge_commit_title: Option<String>,
    #[field(skip_none)]
    pub merge_commit_message: Option<String>,
    #[field(skip_none)]
    pub merge_commit_title: Option<String>,
    #[field(skip_none)]
    pub is_template: Option<bool>,
    #[field(skip_none)]
    pub web_commit_signoff_required: Option<bool>,
    #[field(skip_none)]
    pub topics: Option<Vec<String>>,
    #[field(skip_none)]
    pub visibility: Option<Visibility>,
    #[field(skip_none)]
    pub delete_branch_on_merge: Option<bool>,
    #[field(skip_none)]
    pub master_branch: Option<String>,
    #[field(skip_none)]
    pub permissions: Option<RepositoryPermissions>,
    #[field(skip_none)]
    pub public: Option<bool>,
    #[field(skip_none)]
    pub organization: Option<String>,
    #[field(skip_none)]
    pub custom_properties: Option<BTreeMap<String, Option<PropertyValue>>>,
}

/// What the receiver may do in a repository.
#[derive(EventValue, Clone, PartialEq)]
pub struct RepositoryPermissions {
    pub pull: bool,
    pub push: bool,
    pub admin: bool,
    #[field(skip_none)]
    pub maintain: Option<bool>,
    #[field(skip_none)]
    pub triage: Option<bool>,
}

/// Who sees a repository.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum Visibility {
    Public,
    Private,
    Internal,
}

/// A license.
#[derive(EventValue, Clone, PartialEq)]
pub struct License {
    pub key: String,
    pub name: String,
    pub spdx_id: String,
    pub url: Option<String>,
    pub node_id: String,
}

/// A repository, without what changes often.
#[derive(EventValue, Clone, PartialEq)]
pub struct RepositoryLite {
    pub archive_url: String,
    pub assignees_url: String,
    pub blobs_url: String,
    pub branches_url: String,
    pub collaborators_url: String,
    pub comments_url: String,
    pub commits_url: String,
    pub compare_url: String,
    pub contents_url: String,
    pub contributors_url: String,
    pub deployments_url: String,
    pub description: Option<String>,
    pub downloads_url: String,
    pub events_url: String,
    pub fork: bool,
    pub forks_url: String,
    pub full_name: String,
    pub git_commits_url: String,
    pub git_refs_url: String,
    pub git_tags_url: String,
    pub hooks_url: String,
    pub html_url: String,
    pub id: i64,
    pub issue_comment_url: String,
    pub issue_events_url: String,
    pub issues_url: String,
    pub keys_url: String,
    pub labels_url: String,
    pub languages_url: String,
    pub merges_url: String,
    pub milestones_url: String,
    pub name: String,
    pub node_id: String,
    pub notifications_url: String,
    pub owner: User,
    pub private: bool,
    pub pulls_url: String,
    pub releases_url: String,
    pub stargazers_url: String,
    pub statuses_url: String,
    pub subscribers_url: String,
    pub subscription_url: String,
    pub tags_url: String,
    pub teams_url: String,
    pub trees_url: String,
    pub url: String,
}

/// A repository, as a reference names it.
#[derive(EventValue, Clone, PartialEq)]
pub struct RepoRef {
    pub id: i64,
    pub url: String,
    pub name: String,
}
