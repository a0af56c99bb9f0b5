//! A server on loopback whose events are recorded, and a client that writes bytes.

use axum::Router;
use event_core::context::WithContext;
use event_core::{Context, InContext, Recorder};
use event_tower::RequestEventsLayer;
use http::Request;
use serde_json::Value;
use std::net::SocketAddr;
use std::task::{self, Poll};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time;
use tower_layer::layer_fn;
use tower_service::Service;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A service that is called where the recorder is bound, as the layer around it would be called in a
/// process with an installed emitter.
#[derive(Clone)]
pub(crate) struct Recorded<S> {
    inner: S,
    context: Context,
}

impl<S> Recorded<S> {
    pub(crate) fn new(inner: S, recorder: &Recorder) -> Self {
        let _scope = recorder.enter();
        Self { inner, context: Context::current() }
    }
}

impl<S: Service<Request<Q>>, Q> Service<Request<Q>> for Recorded<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = WithContext<S::Future>;

    fn poll_ready(&mut self, cx: &mut task::Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let _bound = self.context.enter();
        // axum calls the services within a layer when it polls.
        self.inner.call(request).within(self.context.clone())
    }
}

/// A server, and what it emits.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) recorder: Recorder,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Serves the routes with the layer of axum.
    pub(crate) async fn start(routes: Router) -> Self {
        Self::with(routes, RequestEventsLayer::axum()).await
    }

    pub(crate) async fn with(routes: Router, layer: RequestEventsLayer) -> Self {
        let recorder = Recorder::new();
        let record = recorder.clone();
        let routes =
            routes.layer(layer).layer(layer_fn(move |inner| Recorded::new(inner, &record)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = routes.into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { address, recorder, task }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends a request without a body, and reads the whole answer.
    pub(crate) async fn get(&self, path: &str, headers: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n{headers}\r\n"
        ))
        .await
    }

    /// Sends bytes, and reads until the server closes.
    pub(crate) async fn send(&self, request: &str) -> String {
        let mut connection = self.connect().await;
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // A server that panics resets the connection.
        let _ = time::timeout(PATIENCE, connection.read_to_end(&mut answer)).await.unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// The events, when there are this many.
    pub(crate) async fn events(&self, count: usize) -> Vec<Value> {
        let arrived = async {
            while self.recorder.lines().len() < count {
                time::sleep(Duration::from_millis(2)).await;
            }
        };
        let in_time = time::timeout(PATIENCE, arrived).await;
        assert!(in_time.is_ok(), "fewer than {count} events: {:#?}", self.recorder.lines());
        // Whatever is emitted too often would come now.
        time::sleep(Duration::from_millis(20)).await;
        let lines = self.recorder.lines();
        assert_eq!(lines.len(), count, "{lines:#?}");
        assert_eq!(self.recorder.incidents(), []);
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The names and levels of the events, when there are this many.
    pub(crate) async fn names(&self, count: usize) -> Vec<String> {
        names(&self.events(count).await)
    }
}

/// `level name` of each event.
pub(crate) fn names(events: &[Value]) -> Vec<String> {
    let text = |event: &Value, key: &str| event[key].as_str().unwrap().to_owned();
    events.iter().map(|event| text(event, "level") + " " + &text(event, "event")).collect()
}

/// Reads until the text is there.
pub(crate) async fn read_until(connection: &mut TcpStream, text: &str) -> String {
    let mut read = Vec::new();
    let found = async {
        while !String::from_utf8_lossy(&read).contains(text) {
            let count = connection.read_buf(&mut read).await.unwrap();
            assert!(count > 0, "closed after {:?}", String::from_utf8_lossy(&read));
        }
    };
    time::timeout(PATIENCE, found).await.unwrap();
    String::from_utf8(read).unwrap()
}
