# A small image of Earshot: built by a stage with pip, run by a user without rights, the home as a volume.
#   docker build -t earshot .
#   docker run --rm -v exports:/home/earshot/data --network none earshot nightly
FROM python:3.11.7-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv /opt/earshot \
    && /opt/earshot/bin/pip install --no-cache-dir --no-compile --disable-pip-version-check -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY transforms transforms
COPY flows flows
COPY rules rules
COPY data data
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --disable-pip-version-check -c requirements-dev.lock hatchling \
    && /opt/build/bin/python -m hatchling build -t wheel -d /dist \
    && /opt/earshot/bin/pip install --no-cache-dir --no-deps --no-index /dist/*.whl \
    && /opt/earshot/bin/pip uninstall --quiet --yes pip setuptools

FROM python:3.11.7-slim-bookworm
RUN useradd --create-home --uid 10001 earshot \
    && install --directory --owner=earshot --group=earshot --mode=0700 /home/earshot/data
COPY --from=build /opt/earshot /opt/earshot
ENV PATH=/opt/earshot/bin:$PATH EARSHOT_HOME=/home/earshot/data PYTHONDONTWRITEBYTECODE=1
USER earshot
WORKDIR /home/earshot
VOLUME /home/earshot/data
HEALTHCHECK --interval=15m --timeout=60s --start-period=5m CMD ["earshot", "doctor", "--quick", "--json"]
ENTRYPOINT ["earshot"]
CMD ["--help"]
