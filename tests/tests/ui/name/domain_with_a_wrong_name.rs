use event_core::events;

events!(
    #[domain(rename = "pull-request")]
    pub enum PullRequest {
        Open,
    }

    #[event(info)]
    pub struct PullRequestOpenCompleted {
        pub number: u32,
    }
);

fn main() {}
