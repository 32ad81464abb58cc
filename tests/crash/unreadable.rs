//! Rooms whose journal can't be read any more, or is not what was written.

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
    assert!(log.contains(&format!("room {room} is quarantined")), "{log}");
    let mut spoiled = tables.0.remove(1);
    assert_eq!(spoiled.host().come_back(server.port()).await, Err(Stop::NoRoom));
    server.kill().await;

    let server = place.start().await;
    assert!(server.metric("liap_rooms_quarantined_total").await < 0.5, "it stays aside");
    let played = tables.finish(server.port(), &place).await;
    assert_eq!(played.games, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_room_with_a_flipped_bit_goes_on_and_all_others_do() {
    let (place, mut tables) = (Place::new(), Tables::alone(12));
    let server = place.start().await;
    tables.open(server.port()).await;
    tables.rest().await;
    server.kill().await;
    tables.hang_up();
    let file = place.database_file("");
    let mut database = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    for (bit, table) in tables.0.iter().enumerate().filter(|(number, _)| number % 2 == 1) {
        let find = "SELECT journal.id, body FROM journal JOIN rooms ON rooms.id = room_id WHERE room = ? \
                    ORDER BY number = ? DESC, number LIMIT 1";
        let entry = i64::try_from(bit % 3).unwrap();
        let (id, mut body): (i64, Vec<u8>) =
            sqlx::query_as(find).bind(table.room()).bind(entry).fetch_one(&mut database).await.unwrap();
        let place = (bit * 7) % body.len();
        body[place] ^= 1 << (bit % 8);
        let spoil = sqlx::query("UPDATE journal SET body = ? WHERE id = ?").bind(body).bind(id);
        spoil.execute(&mut database).await.unwrap();
    }
    database.close().await.unwrap();

    let server = place.start().await;
    assert!((server.metric("liap_rooms_quarantined_total").await - 6.0).abs() < 0.5, "{}", place.log());
    assert_eq!(place.log().matches("its checksum differs").count(), 6);
    for number in (1..12).rev().step_by(2) {
        let mut spoiled = tables.0.remove(number);
        assert_eq!(spoiled.host().come_back(server.port()).await, Err(Stop::NoRoom));
    }
    let played = tables.finish(server.port(), &place).await;
    assert_eq!(played.games, 6);
}
