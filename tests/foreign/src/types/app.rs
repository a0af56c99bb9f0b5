//! Apps, what they may do and what they listen to.

use crate::types::account::User;
use event_core::{EventValue, Timestamp};

/// An app.
#[derive(EventValue, Clone, PartialEq)]
pub struct App {
    pub id: i64,
    #[field(skip_none)]
    pub slug: Option<String>,
    pub node_id: String,
    pub owner: User,
    pub name: String,
    pub description: Option<String>,
    pub external_url: String,
    pub html_url: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    #[field(skip_none)]
    pub permissions: Option<Permissions>,
    #[field(skip_none)]
    pub events: Option<Vec<EventName>>,
}

/// What an app may do. A permission that was not asked for is absent.
#[derive(EventValue, Clone, PartialEq)]
pub struct Permissions {
    #[field(skip_none)]
    pub actions: Option<Access>,
    #[field(skip_none)]
    pub administration: Option<Access>,
    #[field(skip_none)]
    pub blocking: Option<Access>,
    #[field(skip_none)]
    pub checks: Option<Access>,
    #[field(skip_none)]
    pub content_references: Option<Access>,
    #[field(skip_none)]
    pub contents: Option<Access>,
    #[field(skip_none)]
    pub deployments: Option<Access>,
    #[field(skip_none)]
    pub discussions: Option<Access>,
    #[field(public, skip_none)]
    pub emails: Option<Access>,
    #[field(skip_none)]
    pub environments: Option<Access>,
    #[field(skip_none)]
    pub followers: Option<Access>,
    #[field(skip_none)]
    pub gpg_keys: Option<Access>,
    #[field(skip_none)]
    pub interaction_limits: Option<Access>,
    #[field(skip_none)]
    pub issues: Option<Access>,
    #[field(skip_none)]
    pub keys: Option<Access>,
    #[field(skip_none)]
    pub members: Option<Access>,
    #[field(skip_none)]
    pub merge_queues: Option<Access>,
    #[field(skip_none)]
    pub metadata: Option<Access>,
    #[field(skip_none)]
    pub organization_administration: Option<Access>,
    #[field(skip_none)]
    pub organization_hooks: Option<Access>,
    #[field(skip_none)]
    pub organization_packages: Option<Access>,
    #[field(skip_none)]
    pub organization_plan: Option<Access>,
    #[field(skip_none)]
    pub organization_projects: Option<Access>,
    #[field(public, skip_none)]
    pub organization_secrets: Option<Access>,
    #[field(skip_none)]
    pub organization_self_hosted_runners: Option<Access>,
    #[field(skip_none)]
    pub organization_user_blocking: Option<Access>,
    #[field(skip_none)]
    pub packages: Option<Access>,
    #[field(skip_none)]
    pub pages: Option<Access>,
    #[field(skip_none)]
    pub plan: Option<Access>,
    #[field(skip_none)]
    pub pull_requests: Option<Access>,
    #[field(skip_none)]
    pub repository_hooks: Option<Access>,
    #[field(skip_none)]
    pub repository_projects: Option<Access>,
    #[field(skip_none)]
    pub secret_scanning_alerts: Option<Access>,
    #[field(public, skip_none)]
    pub secrets: Option<Access>,
    #[field(skip_none)]
    pub security_events: Option<Access>,
    #[field(skip_none)]
    pub security_scanning_alert: Option<Access>,
    #[field(skip_none)]
    pub single_file: Option<Access>,
    #[field(skip_none)]
    pub starring: Option<Access>,
    #[field(skip_none)]
    pub statuses: Option<Access>,
    #[field(skip_none)]
    pub team_discussions: Option<Access>,
    #[field(skip_none)]
    pub vulnerability_alerts: Option<Access>,
    #[field(skip_none)]
    pub watching: Option<Access>,
    #[field(skip_none)]
    pub workflows: Option<Access>,
    #[field(skip_none)]
    pub repository_pre_receive_hooks: Option<Access>,
    #[field(skip_none)]
    pub organization_pre_receive_hooks: Option<Access>,
    #[field(skip_none)]
    pub organization_events: Option<Access>,
}

/// How far a permission goes.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum Access {
    Read,
    Write,
}

/// An event that a receiver asks for.
#[derive(EventValue, Clone, Copy, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub enum EventName {
    #[value(rename = "*")]
    All,
    BranchProtectionRule,
    CheckRun,
    CheckSuite,
    CodeScanningAlert,
    CommitComment,
    Create,
    Delete,
    Deployment,
    DeploymentStatus,
    DeployKey,
    Discussion,
    DiscussionComment,
    Fork,
    Gollum,
    Issues,
    IssueComment,
    Label,
    Member,
    Membership,
    Meta,
    Milestone,
    Organization,
    OrgBlock,
    Package,
    PageBuild,
    Project,
    ProjectsV2Item,
    ProjectCard,
    ProjectColumn,
    Public,
    PullRequest,
    PullRequestReview,
    PullRequestReviewComment,
    PullRequestReviewThread,
    Push,
    RegistryPackage,
    Release,
    Repository,
    RepositoryImport,
    RepositoryVulnerabilityAlert,
    SecretScanningAlert,
    SecretScanningAlertLocation,
    SecurityAndAnalysis,
    Star,
    Status,
    Team,
    TeamAdd,
    Watch,
    WorkflowJob,
    WorkflowRun,
    DependabotAlert,
    DeploymentProtectionRule,
    DeploymentReview,
    MergeGroup,
    MergeQueueEntry,
    RepositoryDispatch,
    RepositoryRuleset,
    WorkflowDispatch,
}
