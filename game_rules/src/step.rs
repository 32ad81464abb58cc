//! The steps of a game: every change of a game is made here, and every step was checked before.

use crate::{
    BySeat, Declaration, DeclarationTurn, Event, Events, Game, HAND_SIZE, Phase, Piece, Play, Preparation,
    RedealDecision, RoundScore, Seat, StarterReason, Turn, deal,
    phase::{Declaring, GameResult, RoundResult, Turning},
    pile::turn_winner,
    score,
};

impl Game {
    pub(crate) fn start_round(&mut self, events: &mut Events) {
        let table = &mut self.table;
        table.starter = table.last_winner().map(|winner| (winner, StarterReason::WonLastTurn));
        table.round += 1;
        table.multiplier = 1;
        table.declarations = BySeat::default();
        table.captured = BySeat::default();
        table.turns.clear();
        events.push(Event::RoundStarted { round: table.round });
        self.deal(events);
    }

    fn deal(&mut self, events: &mut Events) {
        let number = self.table.deals;
        self.hands = self.deck.deal(number);
        self.table.deals += 1;
        self.table.hand_counts = BySeat::new([HAND_SIZE as u8; 4]);
        let weak = deal::weak_seats(&self.hands);
        events.push(Event::Dealt { number, hands: self.hands, weak });
        if weak.is_empty() {
            self.open_declarations(events);
        } else {
            let redealt = self.table.multiplier > 1;
            self.table.phase = Phase::Preparation(Preparation { weak, decisions: BySeat::default(), redealt });
        }
    }

    pub(crate) fn decide_redeal(&mut self, seat: Seat, decision: RedealDecision, events: &mut Events) {
        let Phase::Preparation(preparation) = &mut self.table.phase else { foreign_step() };
        preparation.decisions[seat] = Some(decision);
        let preparation = *preparation;
        events.push(Event::RedealDecided { seat, decision });
        if !preparation.undecided().is_empty() {
            return;
        }
        match self.first_accepter(&preparation) {
            Some(accepter) => self.redeal(accepter, events),
            None => self.open_declarations(events),
        }
    }

    /// The first accepter in play order, which starts with the current starter, or with seat 0 if there is none yet.
    fn first_accepter(&self, preparation: &Preparation) -> Option<Seat> {
        let from = self.table.starter.map_or(Seat::ALL[0], |(seat, _)| seat);
        from.order().into_iter().find(|seat| preparation.decisions[*seat] == Some(RedealDecision::Accept))
    }

    fn redeal(&mut self, accepter: Seat, events: &mut Events) {
        self.table.starter = Some((accepter, StarterReason::AcceptedRedeal));
        self.table.multiplier = self.table.multiplier.saturating_add(1);
        events.push(Event::Redealing { starter: accepter, multiplier: self.table.multiplier });
        self.deal(events);
    }

    fn open_declarations(&mut self, events: &mut Events) {
        let (seat, reason) =
            self.table.starter.unwrap_or_else(|| (self.holder_of_general_red(), StarterReason::HasGeneralRed));
        self.table.starter = Some((seat, reason));
        events.push(Event::StarterChosen { seat, reason });
        self.ask_to_declare(seat);
    }

    fn holder_of_general_red(&self) -> Seat {
        let [first, second, third, last] = Seat::ALL;
        // All pieces are dealt, so if the first three seats do not hold it, the last one does.
        [first, second, third].into_iter().find(|seat| self.hands[*seat].contains(Piece::GENERAL_RED)).unwrap_or(last)
    }

    fn ask_to_declare(&mut self, current: Seat) {
        let before: DeclarationTurn = self.table.declaration_turn(current);
        let legal = before.legal(&self.table.rules);
        self.table.phase = Phase::Declaration(Declaring { current, legal });
    }

    pub(crate) fn declare(&mut self, seat: Seat, declaration: Declaration, events: &mut Events) {
        self.table.declarations[seat] = Some(declaration);
        events.push(Event::Declared { seat, declaration });
        let next = seat.next();
        if self.table.declarations[next].is_some() {
            // All four have declared; the seat that declared first leads.
            self.table.phase = Phase::Turn(Turning::new(next, 1));
        } else {
            self.ask_to_declare(next);
        }
    }

    pub(crate) fn play(&mut self, seat: Seat, play: Play, events: &mut Events) {
        let Phase::Turn(turning) = &mut self.table.phase else { foreign_step() };
        self.hands[seat] = self.hands[seat] - play.pieces();
        self.table.hand_counts[seat] -= play.count();
        turning.plays.push((seat, play));
        turning.required = Some(play.count());
        turning.current = seat.next();
        events.push(Event::Played { seat, play });
        if let Ok(plays) = turning.plays.as_slice().try_into() {
            let leader = turning.leader;
            self.end_turn(leader, plays, events);
        }
    }

    fn end_turn(&mut self, leader: Seat, plays: [(Seat, Play); 4], events: &mut Events) {
        let table = &mut self.table;
        let winner = turn_winner(&plays, table.rules.competing_types());
        let piles = plays[0].1.count();
        table.captured[winner] += piles;
        table.turns.push(Turn { leader, plays, winner, piles });
        events.push(Event::TurnWon { seat: winner, piles });
        if table.hand_counts[winner] == 0 {
            self.end_round(events);
        } else {
            table.phase = Phase::Turn(Turning::new(winner, table.turns.len() as u8 + 1));
        }
    }

    fn end_round(&mut self, events: &mut Events) {
        let table = &mut self.table;
        let scores = BySeat::from_fn(|seat| {
            // Every seat has declared before the first turn.
            let declared = table.declarations[seat].unwrap_or_default();
            RoundScore::new(declared, table.captured[seat], table.multiplier, table.totals[seat])
        });
        table.totals = scores.map(|score| score.total);
        for (seat, streak) in table.zero_streaks.iter_mut() {
            let zero = scores[seat].declared == Declaration::ZERO;
            *streak = if zero { streak.saturating_add(1) } else { 0 };
        }
        events.push(Event::RoundScored { scores });
        if score::is_over(&table.rules, table.round, &table.totals) {
            let winners = score::winners(&table.totals);
            events.push(Event::GameOver { winners, totals: table.totals });
            table.phase = Phase::Over(GameResult { scores, winners });
        } else {
            table.phase = Phase::Scoring(RoundResult { scores });
        }
    }
}

/// A step that fits this game's ply but not its phase was checked for another game.
fn foreign_step() -> ! {
    panic!("the step was checked for another game")
}
