//! Planned pauses: who may plan them, and in which words each contract hears of them.

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn only_operators_plan_pauses() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let plan = json!({ "event": "maintenance", "duration": 60 });
    let request = || crate::support::Request::new("POST", "/api/v1/admin/maintenance").json(&plan);
    assert_eq!(ann.send(request()).await.expect(403)["code"], "FORBIDDEN");
    assert_eq!(server.send(request()).await.expect(401)["code"], "UNAUTHORIZED");
}
