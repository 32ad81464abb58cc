//! Accounts and the exchange of refresh tokens.

use futures_util::future::join_all;
use store::{Account, AccountChange, Login, RefreshToken, Rotation, Store, StoreError};
use vocabulary::Skeleton;
use vocabulary::Timestamp;

use crate::place::{Place, entries, founding, on_both, together};

on_both! {
    an_account_comes_back_as_it_was_kept
    a_username_is_taken_in_every_case
    a_taken_username_does_not_disturb_the_journal
    a_change_touches_only_what_it_names
    two_changes_at_once_do_not_undo_each_other
    an_account_that_is_not_there_cannot_be_changed
    a_token_is_exchanged_once
    a_token_used_twice_revokes_its_whole_family_and_no_other
    of_many_exchanges_of_one_token_one_succeeds
    a_token_that_ended_or_is_unknown_is_invalid
    a_revoked_family_is_invalid
    a_new_password_revokes_every_token_of_the_account
    a_block_revokes_every_token_for_good
    only_a_new_password_and_a_block_make_another_version
    a_change_for_another_version_changes_nothing
    a_login_with_an_account_of_an_earlier_version_keeps_no_token
    tokens_that_ended_are_purged
    accounts_and_tokens_outlive_a_restart
    a_name_that_looks_like_another_accounts_is_taken
    of_many_who_want_names_that_look_alike_one_gets_it
    accounts_of_earlier_versions_that_look_alike_keep_their_names
}

pub(crate) fn account(id: &str, username: &str) -> Account {
    Account {
        id: id.to_owned(),
        username: username.to_owned(),
        display_name: format!("The {username} 名"),
        avatar_url: None,
        password_hash: "$argon2id$one".to_owned(),
        role: "user".to_owned(),
        created_at: Timestamp(1_700_000_000_123),
        blocked: false,
        version: 1,
    }
}

pub(crate) async fn with_ann(place: &Place) -> Store {
    let store = place.open().await;
    store.create_account(&account("1", "Ann")).await.unwrap();
    store
}

fn token(number: u8, family: &str) -> RefreshToken {
    RefreshToken {
        hash: [number; 32],
        account: "1".to_owned(),
        family: family.to_owned(),
        expires_at: Timestamp(1_000),
    }
}

fn rotated() -> Rotation {
    Rotation::Rotated { account: "1".to_owned(), version: 1, family: "f".to_owned() }
}

fn login(family: &str) -> Login {
    Login { account: "1".to_owned(), family: family.to_owned() }
}

fn rotated_of(family: &str) -> Rotation {
    Rotation::Rotated { account: "1".to_owned(), version: 1, family: family.to_owned() }
}

fn reused() -> Rotation {
    Rotation::Reused(login("f"))
}

async fn rotate(store: &Store, from: u8, to: u8) -> Rotation {
    store.rotate_refresh(&[from; 32], &[to; 32], Timestamp(10), Timestamp(2_000)).await.unwrap()
}

async fn an_account_comes_back_as_it_was_kept(place: &Place) {
    let store = place.open().await;
    let kept =
        Account { avatar_url: Some("https://a.example/1.png".to_owned()), blocked: true, ..account("1", "Ann_-9") };
    store.create_account(&kept).await.unwrap();
    assert_eq!(store.account_by_id("1").await.unwrap(), Some(kept.clone()));
    assert_eq!(store.account_by_username("Ann_-9").await.unwrap(), Some(kept));
    assert_eq!(store.account_by_id("2").await.unwrap(), None);
    assert_eq!(store.account_by_username("Bob").await.unwrap(), None);
}

async fn a_username_is_taken_in_every_case(place: &Place) {
    let store = with_ann(place).await;
    for username in ["Ann", "ann", "ANN"] {
        assert_eq!(store.create_account(&account("2", username)).await, Err(StoreError::Duplicate));
        assert_eq!(store.account_by_username(username).await.unwrap(), Some(account("1", "Ann")));
    }
    assert_eq!(store.create_account(&account("1", "Bob")).await, Err(StoreError::Duplicate));
    assert_eq!(store.account_by_username("Bob").await.unwrap(), None);
}

async fn a_taken_username_does_not_disturb_the_journal(place: &Place) {
    let store = with_ann(place).await;
    store.append(&together([founding(&["a"]), entries("a", 0..1)])).await.unwrap();
    assert_eq!(store.create_account(&account("2", "ann")).await, Err(StoreError::Duplicate));
    store.append(&entries("a", [1])).await.unwrap();
    assert_eq!(store.last_number("a").await.unwrap(), Some(1));
}

async fn a_change_touches_only_what_it_names(place: &Place) {
    let store = with_ann(place).await;
    store.update_account("1", &AccountChange::default()).await.unwrap();
    assert_eq!(store.account_by_id("1").await.unwrap(), Some(account("1", "Ann")));
    let url = Some("https://a.example/1.png".to_owned());
    let change = AccountChange { avatar_url: Some(url.clone()), ..AccountChange::default() };
    store.update_account("1", &change).await.unwrap();
    let expected = Account { avatar_url: url, ..account("1", "Ann") };
    assert_eq!(store.account_by_id("1").await.unwrap(), Some(expected));
    let change = AccountChange {
        display_name: Some("Annie".to_owned()),
        avatar_url: Some(None),
        password_hash: Some("$two".to_owned()),
        role: Some("admin".to_owned()),
        ..AccountChange::default()
    };
    store.update_account("1", &change).await.unwrap();
    let expected = Account {
        display_name: "Annie".to_owned(),
        password_hash: "$two".to_owned(),
        role: "admin".to_owned(),
        version: 2,
        ..account("1", "Ann")
    };
    assert_eq!(store.account_by_id("1").await.unwrap(), Some(expected));
}

async fn two_changes_at_once_do_not_undo_each_other(place: &Place) {
    let store = with_ann(place).await;
    let name = AccountChange { display_name: Some("Annie".to_owned()), ..AccountChange::default() };
    let password = AccountChange { password_hash: Some("$two".to_owned()), ..AccountChange::default() };
    let done = join_all([store.update_account("1", &name), store.update_account("1", &password)]).await;
    assert!(done.iter().all(Result::is_ok));
    let now = store.account_by_id("1").await.unwrap().unwrap();
    assert_eq!((now.display_name.as_str(), now.password_hash.as_str()), ("Annie", "$two"));
}

async fn an_account_that_is_not_there_cannot_be_changed(place: &Place) {
    let store = place.open().await;
    let change = AccountChange { display_name: Some("Annie".to_owned()), ..AccountChange::default() };
    assert_eq!(store.update_account("1", &change).await, Err(StoreError::NoSuchAccount));
    assert!(store.insert_refresh(&token(1, "f"), 1).await.is_err());
    assert_eq!(rotate(&store, 1, 2).await, Rotation::Invalid);
}

async fn a_token_is_exchanged_once(place: &Place) {
    let store = with_ann(place).await;
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    assert_eq!(rotate(&store, 1, 2).await, rotated());
    assert_eq!(rotate(&store, 2, 3).await, rotated());
    assert_eq!(rotate(&store, 2, 4).await, reused());
}

async fn a_token_used_twice_revokes_its_whole_family_and_no_other(place: &Place) {
    let store = with_ann(place).await;
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    store.insert_refresh(&token(101, "g"), 1).await.unwrap();
    assert_eq!(rotate(&store, 1, 2).await, rotated());
    assert_eq!(rotate(&store, 1, 3).await, reused());
    assert_eq!(rotate(&store, 2, 4).await, Rotation::Invalid, "the newest of the family");
    assert_eq!(rotate(&store, 3, 5).await, Rotation::Invalid, "never given out");
    assert_eq!(rotate(&store, 101, 102).await, rotated_of("g"), "another login");
}

async fn of_many_exchanges_of_one_token_one_succeeds(place: &Place) {
    let store = with_ann(place).await;
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    let outcomes = join_all((2..12).map(|next| rotate(&store, 1, next))).await;
    let count = |wanted: &Rotation| outcomes.iter().filter(|outcome| *outcome == wanted).count();
    assert_eq!((count(&rotated()), count(&reused())), (1, 9));
}

async fn a_token_that_ended_or_is_unknown_is_invalid(place: &Place) {
    let store = with_ann(place).await;
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    assert_eq!(
        store.rotate_refresh(&[1; 32], &[2; 32], Timestamp(1_000), Timestamp(2_000)).await.unwrap(),
        Rotation::Invalid
    );
    assert_eq!(rotate(&store, 9, 3).await, Rotation::Invalid);
    assert_eq!(store.rotate_refresh(&[1; 32], &[2; 32], Timestamp(999), Timestamp(2_000)).await.unwrap(), rotated());
}

async fn a_revoked_family_is_invalid(place: &Place) {
    let store = with_ann(place).await;
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    store.insert_refresh(&token(101, "g"), 1).await.unwrap();
    assert_eq!(rotate(&store, 1, 2).await, rotated());
    let holds = async |family: Option<&str>| store.account_of_login("1", 1, family).await.unwrap().is_some();
    assert!(holds(Some("f")).await && holds(Some("g")).await && holds(None).await);
    assert_eq!(store.revoke_family(&[2; 32]).await.unwrap(), Some(login("f")));
    assert_eq!(store.revoke_family(&[99; 32]).await.unwrap(), None);
    assert_eq!(rotate(&store, 2, 3).await, Rotation::Invalid);
    assert_eq!(rotate(&store, 101, 102).await, rotated_of("g"));
    assert!(!holds(Some("f")).await && holds(Some("g")).await && !holds(Some("h")).await);
}

async fn a_new_password_revokes_every_token_of_the_account(place: &Place) {
    let store = with_ann(place).await;
    store.create_account(&account("2", "Bob")).await.unwrap();
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    store.insert_refresh(&token(101, "g"), 1).await.unwrap();
    store.insert_refresh(&RefreshToken { account: "2".to_owned(), ..token(201, "h") }, 1).await.unwrap();
    let change = AccountChange { password_hash: Some("$two".to_owned()), ..AccountChange::default() };
    store.update_account("1", &change).await.unwrap();
    assert_eq!(rotate(&store, 1, 2).await, Rotation::Invalid);
    assert_eq!(rotate(&store, 101, 102).await, Rotation::Invalid);
    assert_eq!(
        rotate(&store, 201, 202).await,
        Rotation::Rotated { account: "2".to_owned(), version: 1, family: "h".to_owned() }
    );
}

fn blocking(blocked: bool) -> AccountChange {
    AccountChange { blocked: Some(blocked), ..AccountChange::default() }
}

async fn a_block_revokes_every_token_for_good(place: &Place) {
    let store = with_ann(place).await;
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    store.update_account("1", &blocking(true)).await.unwrap();
    assert!(store.account_by_id("1").await.unwrap().unwrap().blocked);
    assert_eq!(store.account_of_login("1", 2, None).await.unwrap(), None);
    assert_eq!(rotate(&store, 1, 2).await, Rotation::Invalid);
    store.update_account("1", &blocking(false)).await.unwrap();
    assert_eq!(store.account_by_id("1").await.unwrap(), Some(Account { version: 2, ..account("1", "Ann") }));
    assert_eq!(rotate(&store, 1, 2).await, Rotation::Invalid);
}

async fn only_a_new_password_and_a_block_make_another_version(place: &Place) {
    let store = with_ann(place).await;
    let text = |text: &str| Some(text.to_owned());
    for (change, expected) in [
        (AccountChange { display_name: text("Annie"), ..AccountChange::default() }, 1),
        (AccountChange { avatar_url: Some(None), ..AccountChange::default() }, 1),
        (AccountChange { role: text("admin"), ..AccountChange::default() }, 1),
        (AccountChange { password_hash: text("$two"), ..AccountChange::default() }, 2),
        (blocking(true), 3),
        (blocking(false), 3),
    ] {
        store.update_account("1", &change).await.unwrap();
        assert_eq!(store.account_by_id("1").await.unwrap().unwrap().version, expected);
    }
}

async fn a_change_for_another_version_changes_nothing(place: &Place) {
    let store = with_ann(place).await;
    let change = |version| AccountChange {
        display_name: Some("Annie".to_owned()),
        password_hash: Some("$two".to_owned()),
        only_of_version: Some(version),
        ..AccountChange::default()
    };
    assert_eq!(store.update_account("1", &change(2)).await, Err(StoreError::NoSuchAccount));
    assert_eq!(store.account_by_id("1").await.unwrap(), Some(account("1", "Ann")));
    store.update_account("1", &change(1)).await.unwrap();
    assert_eq!(store.update_account("1", &change(1)).await, Err(StoreError::NoSuchAccount));
}

async fn a_login_with_an_account_of_an_earlier_version_keeps_no_token(place: &Place) {
    let store = with_ann(place).await;
    let change = AccountChange { password_hash: Some("$two".to_owned()), ..AccountChange::default() };
    store.update_account("1", &change).await.unwrap();
    assert_eq!(store.insert_refresh(&token(1, "f"), 1).await, Err(StoreError::NoSuchAccount));
    assert_eq!(store.account_of_login("1", 1, None).await.unwrap(), None);
    assert_eq!(rotate(&store, 1, 2).await, Rotation::Invalid);
    store.insert_refresh(&token(3, "f"), 2).await.unwrap();
    assert_eq!(
        rotate(&store, 3, 4).await,
        Rotation::Rotated { account: "1".to_owned(), version: 2, family: "f".to_owned() }
    );
}

async fn tokens_that_ended_are_purged(place: &Place) {
    let store = with_ann(place).await;
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    assert_eq!(rotate(&store, 1, 2).await, rotated());
    assert_eq!(store.purge_refresh(Timestamp(999)).await.unwrap(), 0);
    assert_eq!(store.purge_refresh(Timestamp(1_000)).await.unwrap(), 1);
    assert_eq!(rotate(&store, 2, 3).await, rotated());
    assert_eq!(store.purge_refresh(Timestamp(5_000)).await.unwrap(), 2);
}

async fn accounts_and_tokens_outlive_a_restart(place: &Place) {
    let store = with_ann(place).await;
    store.insert_refresh(&token(1, "f"), 1).await.unwrap();
    store.close().await;
    let store = place.open().await;
    assert_eq!(store.account_by_username("ann").await.unwrap(), Some(account("1", "Ann")));
    assert_eq!(rotate(&store, 1, 2).await, rotated());
}

fn shown_as(name: &str) -> AccountChange {
    AccountChange { display_name: Some(name.to_owned()), ..AccountChange::default() }
}

async fn a_name_that_looks_like_another_accounts_is_taken(place: &Place) {
    let store = with_ann(place).await;
    assert_eq!(store.create_account(&account("2", "B0b")).await, Ok(()));
    assert_eq!(store.create_account(&account("3", "BOB")).await, Err(StoreError::Duplicate));
    // Another's username, another's display name, in other letters.
    for name in ["Ann", "Аnn", "Ａnn", "the ANN 名"] {
        assert_eq!(store.update_account("2", &shown_as(name)).await, Err(StoreError::Duplicate), "{name}");
    }
    assert_eq!(store.account_by_id("2").await.unwrap().unwrap().display_name, "The B0b 名");
    store.update_account("1", &shown_as("Zoë")).await.unwrap();
    store.update_account("2", &shown_as("The Ann 名")).await.unwrap();
    assert_eq!(store.update_account("1", &shown_as("The Ann 名")).await, Err(StoreError::Duplicate));
    store.update_account("1", &shown_as("ANN")).await.unwrap();
    assert_eq!(store.create_account(&account("3", "Zoe")).await, Ok(()), "another letter");
    let owner = async |name: &str| store.owner_of_name(&Skeleton::of(name)).await.unwrap();
    assert_eq!((owner("аNN").await.as_deref(), owner("Zoë").await), (Some("1"), None));
}

async fn of_many_who_want_names_that_look_alike_one_gets_it(place: &Place) {
    let store = place.open().await;
    let names = ["Ann0", "AnnO", "ann0", "ANNO", "aNN0"];
    let accounts: Vec<Account> =
        (0..).map(|id| id.to_string()).zip(names).map(|(id, name)| account(&id, name)).collect();
    let made = join_all(accounts.iter().map(|account| store.create_account(account))).await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    for id in ["a", "b", "c"] {
        store.create_account(&account(id, &format!("User_{id}"))).await.unwrap();
    }
    let wanted = [("a", shown_as("Twin")), ("b", shown_as("Тwin")), ("c", shown_as("TWIN"))];
    let changed = join_all(wanted.iter().map(|(id, change)| store.update_account(id, change))).await;
    assert_eq!(changed.iter().filter(|changed| changed.is_ok()).count(), 1, "{changed:?}");
}

async fn accounts_of_earlier_versions_that_look_alike_keep_their_names(place: &Place) {
    let store = place.open().await;
    for (id, name) in [("1", "Ann"), ("2", "Bob"), ("3", "Cem")] {
        store.create_account(&account(id, name)).await.unwrap();
    }
    store.close().await;
    // As a database of an earlier version is: nothing is entered, and two accounts have names that look alike.
    place
        .tamper(
            "DELETE FROM account_names; UPDATE accounts SET names_entered = 0; \
             UPDATE accounts SET username = 'ANN_', username_key = 'ann_', display_name = 'Ann' WHERE id = '2'; \
             UPDATE accounts SET display_name = 'Bob' WHERE id = '3'",
        )
        .await;
    let store = place.open().await;
    assert_eq!(store.account_by_username("ann_").await.unwrap().unwrap().display_name, "Ann");
    let owner = async |name: &str| store.owner_of_name(&Skeleton::of(name)).await.unwrap().unwrap_or_default();
    assert_eq!(
        [owner("Ann").await, owner("ANN_").await, owner("Bob").await],
        ["1", "2", "3"],
        "the oldest username first"
    );
    store.update_account("2", &shown_as("Ann")).await.unwrap();
    store.update_account("2", &shown_as("Deniz")).await.unwrap();
    assert_eq!(store.update_account("2", &shown_as("Ann")).await, Err(StoreError::Duplicate));
    assert_eq!(store.create_account(&account("4", "B0B")).await, Err(StoreError::Duplicate));
    store.close().await;
    assert_eq!(place.open().await.owner_of_name(&Skeleton::of("Deniz")).await.unwrap().as_deref(), Some("2"));
}

#[test]
fn a_printed_account_does_not_show_its_password_hash() {
    let printed = format!("{:?}", account("1", "Ann"));
    assert!(printed.contains("Ann") && !printed.contains("argon2"), "{printed}");
}
