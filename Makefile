# 每条命令只有一行，做法写在 tools/make.py 里。 Each command is one line; how it works is in tools/make.py.
PYTHON ?= python3

run setup demo test check bench:
	@$(PYTHON) tools/make.py $@

.PHONY: run setup demo test check bench
