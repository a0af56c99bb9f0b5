//! A producer, a queue and a worker. A nightly task enqueues five other tasks, one of them enqueues
//! a sixth, and their events are printed as JSON lines.
//!
//! A queue does not carry the context, and should not: a worker that took over a producer's context
//! would keep it for the next task. Instead, the headers of a task carry the trace, the task that
//! enqueued it, and the allowed fields of its caller. The worker binds them while the task runs.

use std::{collections::BTreeMap, error::Error, fmt, time::Duration};

use catalog::{
    context::{CallerContext, TaskContext},
    task::{
        TaskEnqueued, TaskFailed, TaskNotFound, TaskRetrying, TaskRevoked, TaskStarted,
        TaskSucceeded, emit_task_enqueued, emit_task_not_found, emit_task_revoked,
    },
};
use event_core::context::trace::TraceContext;
use event_core::sink::JsonLines;
use event_core::unit::elapsed;
use event_core::{Begins, Context, Emitter, InContext};
use serde_json::Value;
use tokio::sync::mpsc;

fn main() -> Result<(), Box<dyn Error>> {
    let guard =
        Emitter::builder().service("billing").sink(JsonLines::stdout()).build().install()?;
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(play());
    guard.finish();
    Ok(())
}

/// A task in the queue.
struct Task {
    id: String,
    name: &'static str,
    attempt: u32,
    headers: Headers,
}

/// The headers of a task: strings, like a broker's headers.
#[derive(Clone, Default)]
struct Headers {
    traceparent: String,
    parent_task_id: Option<String>,
    caller: BTreeMap<String, Value>,
}

type Queue = mpsc::UnboundedSender<Task>;

/// Runs the producer and the worker until the queue is empty.
pub(crate) async fn play() {
    let (queue, tasks) = mpsc::unbounded_channel();
    let trace = TraceContext::new_root();
    let caller = BTreeMap::from([("started_by".to_owned(), Value::from("scheduler"))]);
    let headers = Headers {
        traceparent: trace.traceparent().to_string(),
        parent_task_id: Some("nightly".to_owned()),
        caller,
    };
    let nightly = Context::current()
        .with(&TaskContext { task_id: "nightly".into() })
        .with(&CallerContext { parent_task_id: None, caller: None })
        .with(&trace);
    let bound = nightly.enter();
    for (id, name) in [
        ("task_1", "billing.close_month"),
        ("task_2", "billing.send_invoice"),
        ("task_3", "billing.charge_card"),
        ("task_4", "billing.drop_database"),
        ("task_5", "billing.expired"),
    ] {
        enqueue(&queue, id, name, headers.clone());
    }
    drop(bound);
    work(tasks, &queue).await;
}

fn enqueue(queue: &Queue, id: &str, name: &'static str, headers: Headers) {
    emit_task_enqueued(TaskEnqueued {
        child_task_id: id.into(),
        child_task_name: name.into(),
        routing_key: Some("billing".into()),
        priority: None,
    });
    // The worker runs as long as the producer does.
    let _ = queue.send(Task { id: id.to_owned(), name, attempt: 1, headers });
}

/// Runs one task after the other until the queue is empty, each in its own context.
async fn work(mut tasks: mpsc::UnboundedReceiver<Task>, queue: &Queue) {
    while let Ok(task) = tasks.try_recv() {
        let caller = CallerContext {
            parent_task_id: task.headers.parent_task_id.as_deref().map(Into::into),
            caller: Some(task.headers.caller.clone()),
        };
        let mut context = Context::current()
            .with(&TaskContext { task_id: task.id.as_str().into() })
            .with(&caller);
        // Headers may be forged or broken. Invalid headers count as no trace.
        if let Ok(extracted) = TraceContext::from_headers(&task.headers.traceparent, None) {
            context = context.with(&extracted.value.child());
        }
        let again = run(&task, queue).within(context).await;
        if again {
            let _ = queue.send(Task { attempt: task.attempt + 1, ..task });
        }
    }
}

/// Why a task failed.
#[derive(Debug)]
enum Problem {
    /// An expected failure, which the task declares.
    CardDeclined,
    /// An unexpected failure, of the program or the network.
    Unreachable,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CardDeclined => "the card was declined",
            Self::Unreachable => "the mail server did not answer",
        })
    }
}

/// Runs a task; returns whether it must be tried again.
async fn run(task: &Task, queue: &Queue) -> bool {
    match task.name {
        "billing.drop_database" => {
            emit_task_not_found(TaskNotFound {
                task_id: task.id.as_str().into(),
                task: task.name.into(),
            });
            return false;
        }
        "billing.expired" => {
            emit_task_revoked(TaskRevoked {
                task_id: task.id.as_str().into(),
                task: task.name.into(),
                terminated: Some(false),
                signum: None,
                signame: None,
                expired: Some(true),
            });
            return false;
        }
        _ => {}
    }
    let failed = |problem: &Problem| TaskFailed {
        expected: matches!(problem, Problem::CardDeclined),
        error: problem.to_string().into(),
        exception: None,
        duration_ms: elapsed(),
    };
    let operation = TaskStarted { task: task.name.into() }.start(|interrupted| TaskFailed {
        expected: false,
        error: interrupted.as_str().into(),
        exception: None,
        duration_ms: elapsed(),
    });
    match execute(task, queue).await {
        Ok(()) => operation.finish(TaskSucceeded { duration_ms: elapsed() }),
        Err(Problem::Unreachable) if task.attempt == 1 => {
            operation.finish(TaskRetrying {
                reason: format!("attempt 2 follows: {}", Problem::Unreachable).into(),
            });
            return true;
        }
        Err(problem) => operation.finish(failed(&problem)),
    }
    false
}

async fn execute(task: &Task, queue: &Queue) -> Result<(), Problem> {
    tokio::time::sleep(Duration::from_millis(2)).await;
    match task.name {
        "billing.close_month" => {
            let traceparent = TraceContext::current()
                .map(|trace| trace.traceparent().to_string())
                .unwrap_or_default();
            let caller = task.headers.caller.clone();
            let headers = Headers { traceparent, parent_task_id: Some(task.id.clone()), caller };
            enqueue(queue, "task_6", "billing.write_report", headers);
            Ok(())
        }
        "billing.send_invoice" if task.attempt == 1 => Err(Problem::Unreachable),
        "billing.charge_card" => Err(Problem::CardDeclined),
        _ => Ok(()),
    }
}
