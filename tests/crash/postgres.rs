//! A PostgreSQL that crashes and comes back under load.

use serde_json::json;

use crate::{
    outage,
    support::{Person, Place, Postgres, Stop, Tables},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_goes_away_and_comes_back_loses_nothing_acknowledged() {
    let database = Postgres::new("outage");
    let place = Place::on(&database.start().await);
    let mut tables = Tables::new(4);
    let server = place.start().await;
    let port = server.port();
    let options = json!({ "pace": "instant" });
    let mut first = Person::create(port, "Dan", &options).await.unwrap();
    let mut second = Person::create(port, "Fay", &options).await.unwrap();
    let trouble = async {
        for host in [&mut first, &mut second] {
            database.stop().await;
            outage::is_refused_everything(&server, host).await;
            database.start().await;
            outage::goes_on(&server, host).await;
        }
        server.kill().await;
    };
    let (ends, ()) = tokio::join!(tables.live(port), trouble);
    assert!(ends.iter().all(|end| matches!(end, Stop::Broken | Stop::NoServer)), "{ends:?}");
    eprintln!("{} rooms were read again", place.log().matches("it is read again").count());
    outage::is_intact_after_a_crash(&place, &mut tables, &mut first).await;
}
