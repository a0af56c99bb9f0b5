//! Background tasks.

use event_core::{Str, events};

use crate::context::{CallerContext, TaskContext};

events!(
    /// Background tasks, from the queue to their end.
    #[domain(owner = "platform", optional(action))]
    pub enum Task {}

    /// A task was put into the queue, by the task in the context or by something that is no task.
    #[event(info, context(CallerContext), optional_context(TaskContext), skip_none)]
    pub struct TaskEnqueued<'a> {
        /// The task that waits now.
        pub child_task_id: Str<'a>,
        /// What it will do.
        #[field(example = "billing.send_invoice")]
        pub child_task_name: Str<'a>,
        /// The queue that it waits in.
        #[field(example = "celery")]
        pub routing_key: Option<Str<'a>>,
        /// How soon it is taken, as the queue's broker counts.
        pub priority: Option<i64>,
    }

    /// A task did not get through and will be tried again.
    #[event(warning, context(TaskContext, CallerContext))]
    pub struct TaskRetrying<'a> {
        /// Why, and when.
        pub reason: Str<'a>,
    }

    /// A worker begins to run a task.
    #[event(info, context(TaskContext, CallerContext))]
    pub struct TaskStarted<'a> {
        /// What it does.
        #[field(example = "billing.send_invoice")]
        pub task: Str<'a>,
    }

    /// A task did what it was to do.
    #[event(info, context(TaskContext, CallerContext), skip_none)]
    pub struct TaskSucceeded {
        /// How long it ran, absent when its start was not seen.
        #[elapsed]
        pub duration_ms: Option<f64>,
    }

    /// A task did not do what it was to do. A failure that the task itself announces is no fault of
    /// the program, and only noted.
    #[event(level = if expected { info } else { error }, context(TaskContext, CallerContext), skip_none)]
    pub struct TaskFailed<'a> {
        /// Whether the task lists this error among those that may happen.
        pub expected: bool,
        /// What went wrong.
        pub error: Str<'a>,
        /// Trace of the exception, absent when it was expected.
        pub exception: Option<Str<'a>>,
        /// How long it ran, absent when its start was not seen.
        #[elapsed]
        pub duration_ms: Option<f64>,
    }

    /// A task was called off. The worker says so, outside of the task.
    #[event(warning, context(CallerContext), skip_none)]
    pub struct TaskRevoked<'a> {
        /// The task.
        #[entity]
        pub task_id: Str<'a>,
        /// What it was to do.
        pub task: Str<'a>,
        /// Whether it was stopped while it ran.
        pub terminated: Option<bool>,
        /// The signal that stopped it, by number.
        pub signum: Option<i32>,
        /// The signal that stopped it, by name.
        #[field(example = "SIGTERM")]
        pub signame: Option<Str<'a>>,
        /// Whether it had waited for too long.
        pub expired: Option<bool>,
    }

    /// A worker was handed a task that it does not know: caller and worker run different versions.
    #[event(error)]
    pub struct TaskNotFound<'a> {
        /// The task.
        #[entity]
        pub task_id: Str<'a>,
        /// What it was to do.
        pub task: Str<'a>,
    }

    /// A worker was handed something that it cannot take for a task.
    #[event(error, skip_none)]
    pub struct TaskRejected<'a> {
        /// The task, when that much can be read.
        pub task_id: Option<Str<'a>>,
        /// Trace of the exception, as the program writes it.
        pub exception: Option<Str<'a>>,
    }
);
