//! A room whose journal can't be read any more.

use sqlx::{Connection, SqliteConnection};

use crate::support::{Place, Stop, Tables};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_that_cant_be_read_is_put_aside_alone() {
    let (place, mut tables) = (Place::new(), Tables::alone(4));
    let server = place.start().await;
    tables.open(server.port()).await;
    tables.rest().await;
    server.kill().await;
    tables.hang_up();
    let room = tables.0[1].room().to_owned();
    let file = place.database_file("");
    let mut database = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    let spoil = "UPDATE journal SET body = x'DEADBEEF' \
                 WHERE number = 1 AND room_id = (SELECT id FROM rooms WHERE room = ?)";
    let spoiled = sqlx::query(spoil).bind(&room).execute(&mut database).await.unwrap();
    assert_eq!(spoiled.rows_affected(), 1);
    database.close().await.unwrap();

    let server = place.start().await;
    assert!((server.metric("liap_rooms_quarantined_total").await - 1.0).abs() < 0.5);
    let log = place.log();
    assert!(log.contains(&format!("room {room} is put aside")), "{log}");
    let mut spoiled = tables.0.remove(1);
    assert_eq!(spoiled.host().come_back(server.port()).await, Err(Stop::NoRoom));
    server.kill().await;

    let server = place.start().await;
    assert!(server.metric("liap_rooms_quarantined_total").await < 0.5, "it stays aside");
    let played = tables.finish(server.port(), &place).await;
    assert_eq!(played.games, 3);
}
