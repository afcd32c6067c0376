# Every door into this repository. `make run` and `make test` work on a bare Debian or Ubuntu machine (root or sudo).

PYTHON ?= /usr/bin/python3
BUILD := $(CURDIR)/build
export TERRALOGUE_PACKAGES ?= $(BUILD)
export PYTHONPATH := $(BUILD)/plugins
export PYTHONDONTWRITEBYTECODE = 1
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
ENVIRONMENT = $(PYTHON) -m terralogue.plugin.environment
VERSION = $(shell sed -n 's/^version=//p' metadata.txt)
PYTEST = pytest -q --color=no -rs

# QGIS with its Python, a screen without a monitor, pictures, translation tools; pip because Debian's Python has none.
APT = qgis python3-qgis python3-pip python3-venv git xvfb xauth pyqt5-dev-tools qttools5-dev-tools
LOCKS := $(wildcard plugin/environment/locks/*.txt)
# torch from the index brings gigabytes of CUDA: only a CPU wheel that is already at hand is installed.
WHEELS = $(or $(PIP_FIND_LINKS),$(shell $(PYTHON) -m pip config get global.find-links 2>/dev/null))
CPU_TORCH = $(firstword $(wildcard $(addsuffix /torch-*+cpu-cp3*-linux_x86_64.whl,$(WHEELS)) $(addsuffix /torch-*+cpu-*x86_64.whl,$(WHEELS))))
TRAINING = $(if $(wildcard $(BUILD)/sites/training-*),$(comma)training)
comma := ,

.PHONY: setup setup-training run test check fix test-models test-plugin evaluate train package i18n faults bench gate locks clean

setup: $(BUILD)/.apt $(BUILD)/.packages

# Asks dpkg first, so that a machine that has everything needs neither root nor a network.
$(BUILD)/.apt: Makefile
	@mkdir -p $(BUILD)
	@missing=$$(for p in $(APT); do dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  echo "Installing with apt:" $$missing >&2; \
	  $(SUDO) apt-get update -qq >&2 && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >&2; \
	fi
	@touch $@

$(BUILD)/plugins/terralogue:
	@mkdir -p $(BUILD)/plugins && ln -sfn $(CURDIR) $@

# Exactly what a user's first start does: plugin/environment installs its locks into a folder of their own.
$(BUILD)/.packages: $(BUILD)/.apt $(LOCKS) | $(BUILD)/plugins/terralogue
	@$(ENVIRONMENT) install core headless documents dev >&2
	@touch $@

setup-training: setup
	@$(if $(CPU_TORCH),PIP_FIND_LINKS="$(WHEELS)" )$(ENVIRONMENT) install training >&2

# The main job in a real QGIS; BEFORE= and AFTER= put it to work on your own rasters.
run: setup
	@$(PYTHON) tests/desktop/launch.py --out $(BUILD)/run $(if $(BEFORE),--before "$(BEFORE)") $(if $(AFTER),--after "$(AFTER)")

# The summary of the last pytest is the last line; both parts run, either one fails the build.
test: setup $(if $(CPU_TORCH),setup-training) check
	@failed=0; \
	$(MAKE) --no-print-directory test-models || failed=1; \
	$(MAKE) --no-print-directory test-plugin || failed=1; \
	exit $$failed

check: setup
	@$(ENVIRONMENT) run dev ruff check .
	@$(ENVIRONMENT) run dev importlinter.cli:lint_imports_command --no-logo --cache-dir $(BUILD)/.import_linter_cache
	@$(ENVIRONMENT) run core,dev mypy

fix: setup
	@$(ENVIRONMENT) run dev ruff check --fix .

# models/ is for people without QGIS too: here neither qgis nor PyQt can be imported.
test-models: setup
	@TERRALOGUE_TESTS=models $(ENVIRONMENT) run core,headless,documents,dev$(TRAINING) $(PYTEST) -p no:pytest_qgis tests/models $(ARGS)

test-plugin: setup
	@QT_QPA_PLATFORM=offscreen $(ENVIRONMENT) run core,headless,documents,dev$(TRAINING) $(PYTEST) tests/package tests/plugin tests/faults tests/desktop $(ARGS)

# make -s evaluate MANIFEST=file.csv [MODEL=folder] [CONTROL=name] [ANSWERS=file] prints one JSON object (docs/evaluation.md).
evaluate: setup
	@$(ENVIRONMENT) run core,headless terralogue.models.evaluate "$(MANIFEST)" $(if $(MODEL),--model $(MODEL)) $(if $(CONTROL),--control $(CONTROL)) $(if $(ANSWERS),--answers "$(ANSWERS)")

train: setup-training
	@$(ENVIRONMENT) run core,headless,training terralogue.models.training $(ARGS)

# The zip for the plugin site: what git holds at HEAD, less what .gitattributes leaves out, plus compiled translations.
package: setup
	@$(PYTHON) tests/package/build_package.py $(BUILD)/terralogue-$(VERSION).zip

# The plugin site's own scan of the zip: the same bandit codes, detect-secrets and file rules.
gate: package
	@$(ENVIRONMENT) run dev pytest -q tests/package/test_upload_gate.py

# Brings i18n/*.ts up to date with the sources and compiles them for this checkout; LANGUAGES="fr it" starts new ones.
i18n: setup
	@$(PYTHON) tests/package/update_translations.py $(LANGUAGES)

faults: setup
	@mkdir -p tests/faults/results
	@QT_QPA_PLATFORM=offscreen $(ENVIRONMENT) run core,headless,documents,dev$(TRAINING) $(PYTEST) tests/faults -v | tee tests/faults/results/$$(date -u +%F).txt

bench: setup
	@mkdir -p tests/benchmarks/results
	@for script in tests/benchmarks/bench_*.py; do \
	  name=$$(basename $$script .py); echo $$name >&2; \
	  QT_QPA_PLATFORM=offscreen $(PYTHON) $$script | tee tests/benchmarks/results/$$(date -u +%F)-$$name.json || exit 1; \
	done

locks: setup
	@$(PYTHON) -m terralogue.plugin.environment.locking $(GROUPS)

clean:
	rm -rf $(BUILD)
