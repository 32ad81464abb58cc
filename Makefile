# Every target is short enough to type by hand. `make` alone lists them.
.PHONY: help run web play test soak bench lint docs fmt clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s%s\n", $$1, $$2 }' Makefile

run: ## build the page and the server, and start it on 127.0.0.1:8000
	@scripts/need.sh cargo cc node
	@$(MAKE) --no-print-directory web
	cargo build --release --locked
	@echo; echo "Starting the server. To play: open http://127.0.0.1:8000 in a browser, or type  make play  in a second terminal"; echo
	cargo run --release --locked --quiet -- serve

web: ## build the page, if anything of it has changed
	@scripts/web.sh

play: ## play a game in this terminal against three bots, while `make run` runs
	@scripts/need.sh cargo cc
	cargo run --release --locked --quiet -- play

test: ## run every test, after saying what is missing for it
	@scripts/need.sh cargo cc node postgres python chromium
	cargo test --workspace --locked
	scripts/check-asyncapi.sh
	scripts/check-rest.sh
	scripts/check-web.sh

soak: ## kill the server a thousand times in the middle of games; about 15 minutes
	@scripts/need.sh cargo cc postgres
	CRASH_ROUNDS=1000 cargo test --locked --test crash -- --nocapture

bench: ## measure the rules, the bots, a thousand rooms in one process, the server beside a bare ceiling, the journal, REST, attacks, the live log, then the page
	@scripts/need.sh cargo cc
	cargo bench --locked -p game_rules --bench random_games
	cargo bench --locked -p bots --bench levels
	cargo bench --locked --bench rooms
	cargo bench --locked --bench ceiling
	cargo bench --locked --bench journal
	cargo bench --locked --bench rest
	cargo bench --locked --bench abuse
	cargo bench --locked --bench cost
	cargo bench --locked --bench live_log
	scripts/bench-web.sh

lint: ## check format, lints and docs; no warning passes
	@scripts/need.sh cargo cc lint node
	scripts/lint-web.sh
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

docs: ## write docs/schemas and docs/asyncapi again, from the types
	cargo run --quiet --locked -p contracts --example schemas -- docs

fmt: ## format all sources
	cargo fmt --all
	@scripts/web.sh install
	npm run --prefix web format

clean: ## remove all that was built
	cargo clean
