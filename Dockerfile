# The portal's image. Each step is a script in deploy/ that CI runs as it is.
FROM python:3.13-slim-bookworm AS build
WORKDIR /srv/portal
COPY requirements.txt constraints.tx[t] ./
COPY deploy/build-environment deploy/build-environment
RUN deploy/build-environment /opt/environment
COPY . .
RUN deploy/build-static /opt/environment/bin/python /srv/static

FROM python:3.13-slim-bookworm
ENV PATH=/opt/environment/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    DATA_DIR=/srv/data \
    MEDIA_ROOT=/srv/media \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /srv --shell /usr/sbin/nologin portal \
    && mkdir -p /srv/data /srv/media && chown portal:portal /srv/data /srv/media
COPY --from=build /opt/environment /opt/environment
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/portal /srv/portal
WORKDIR /srv/portal
USER portal
EXPOSE 8000
VOLUME ["/srv/data", "/srv/media"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s CMD ["deploy/healthcheck", "web"]
ENTRYPOINT ["deploy/entrypoint"]
CMD ["web"]
