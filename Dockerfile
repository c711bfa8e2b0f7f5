FROM python:3.12-slim AS build

WORKDIR /src
COPY requirements-build.txt ./
RUN python -m pip install --no-cache-dir --require-hashes --requirement requirements-build.txt
COPY LICENSE pyproject.toml ./
COPY adapters ./adapters
COPY bot ./bot
COPY jobs ./jobs
COPY store ./store
RUN python -m hatchling build --target wheel --directory /dist


FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore

# The lock changes less often than the code: its layer is kept.
COPY requirements.txt /tmp/
RUN python -m pip install --no-cache-dir --require-hashes --requirement /tmp/requirements.txt
COPY --from=build /dist /dist
RUN python -m pip install --no-cache-dir --no-index --no-deps /dist/*.whl

RUN useradd --system --uid 10001 --no-create-home --home-dir /data ristretto \
    && install --directory --owner ristretto --mode 0700 /data

# Never a folder with source in it: two copies of a package on the path is the bug nobody finds.
# The default database, ristretto.db, lands here.
WORKDIR /data
VOLUME /data
USER ristretto

ENV HOST=0.0.0.0 \
    PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]

ENTRYPOINT ["ristretto"]
CMD ["serve"]
