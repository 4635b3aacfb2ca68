# `make run` serves the example API; `make test` installs what it needs and runs every check; `make bench` measures.

TARGET_DIR := $(shell cargo metadata --format-version 1 --no-deps 2>/dev/null | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
ifeq ($(TARGET_DIR),)
TARGET_DIR := target
endif
VENV := $(TARGET_DIR)/venv
STAGEDOOR := $(TARGET_DIR)/release/stagedoor

.PHONY: run build test check unit conformance soak bench instructions packages venv

run: build
	@sh scripts/packages.sh run
	@sh examples/petstore/run.sh $(STAGEDOOR)

build:
	cargo build --release --locked --package stagedoor

test: packages venv check unit conformance

check:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo xtask tidy
	STAGEDOOR_BOTOCORE_PYTHON=$(VENV)/bin/python cargo xtask codegen --check
	@if command -v cargo-deny >/dev/null; then cargo deny --log-level error check licenses bans sources; fi

unit:
	sh scripts/unit.sh

conformance: build venv
	STAGEDOOR_BIN=$(STAGEDOOR) sh scripts/conformance.sh $(VENV) $(TARGET_DIR)

soak: packages venv build
	STAGEDOOR_STRESS_CALLS=20000 cargo test --release --locked --package stagedoor-lambda --test stress
	STAGEDOOR_BIN=$(STAGEDOOR) $(VENV)/bin/python bench/overload.py
	STAGEDOOR_BIN=$(STAGEDOOR) $(VENV)/bin/python bench/soak.py $(SOAK)

bench: packages venv
	cargo build --profile dist --locked --package stagedoor
	cargo build --release --locked --package stagedoor-lambda --example warm
	cargo build --profile dist --locked --package stagedoor-vtl --example render
	STAGEDOOR_VTL_RENDER=$(TARGET_DIR)/dist/examples/render \
	STAGEDOOR_BIN=$(TARGET_DIR)/dist/stagedoor STAGEDOOR_NOOP_BOOTSTRAP=$(TARGET_DIR)/release/examples/warm \
		$(VENV)/bin/python bench/run.py $(BENCH)

instructions: packages venv
	cargo build --profile dist --locked --package stagedoor
	STAGEDOOR_BIN=$(TARGET_DIR)/dist/stagedoor $(VENV)/bin/python bench/instructions.py $(BENCH)

packages:
	@sh scripts/packages.sh

venv: $(VENV)/.ready

$(VENV)/.ready: conformance/requirements.txt bench/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r conformance/requirements.txt -r bench/requirements.txt
	touch $@
