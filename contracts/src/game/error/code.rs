//! The codes of errors, and whether a client can recover from them.

use crate::codes::codes;

codes! {
    /// An error of the contract. `recoverable`: the same client can correct the message, or send it again later.
    pub(super) enum Code(recoverable: bool) {
        // The seed's code for a lost connection: a server can't send it.
        ConnectionFailed, "1001", true, "The connection failed";
        GuestsNotAllowed, "1002", false, "Guests are not allowed on this server; log in first";
        WrongToken, "1002", false, "The session token belongs to no seat of this room";
        RoomNotFound, "1003", false, "There is no such room";
        RoomFull, "1004", false, "The room is full";
        AlreadySeated, "1005", true, "This connection already has a seat";
        NameTaken, "1005", true, "A player in the room has this name; choose another one, or send the seat's session token";
        NotInRoom, "1006", true, "Join a room first";
        ForeignScope, "1006", true, "You do not belong there";
        WatchesOnly, "1006", true, "This connection may only watch";
        HostOnly, "1007", false, "Only the host may do this";
        Removed, "1008", true, "The host has removed you from this room; you can't join it again yet";
        NotStarted, "2001", true, "The game has not started";
        NotYourTurn, "2002", false, "It's not your turn";
        InvalidPlay, "2003", true, "The pieces can't be played";
        InvalidDeclaration, "2004", true, "The declaration breaks a rule";
        AlreadyDeclared, "2005", true, "You have already declared in this round";
        NoPieces, "2006", true, "Select at least one piece";
        WrongPhase, "2007", true, "This is not possible in the current phase";
        AlreadyStarted, "2008", false, "The game has already started";
        NotEnoughPlayers, "2009", true, "There are not enough players, and bots are not to fill the empty seats";
        NoRedealDecision, "2010", true, "You have no pending redeal decision";
        Malformed, "3001", true, "The message is not a JSON object";
        MissingFields, "3002", true, "Missing required fields";
        WrongType, "3003", true, "A field has the wrong type";
        OutOfRange, "3004", true, "A field has a value that is not allowed";
        ForeignPlayer, "3004", true, "This is another player";
        NumberReused, "3004", true, "The message number was already used for another message, or is too old to check";
        RateLimited, "4001", true, "Too many requests; nothing was done, try again later";
        Busy, "4002", true, "The room is busy; nothing was done, try again";
        NotDurable, "4002", true, "The change could not be saved; nothing was done, try again";
        LowOnDisk, "4002", true, "The server is low on disk space; new games are not possible now, running ones continue";
        TooManyRooms, "4002", true, "The server has reached its room limit";
        Failed, "4002", false, "The server failed; nothing was done";
        Maintenance, "4003", true, "The server is in maintenance; new rooms are not possible now";
        UnsupportedVersion, "4004", false, "The server does not support this version";
    }
}
