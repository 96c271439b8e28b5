# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

# Runs with a read-only root file system: docker run --read-only --tmpfs /tmp -v auxflow:/data …
FROM node:20-bookworm-slim
ENV NODE_ENV=production HOME=/data XDG_STATE_HOME=/data/state
WORKDIR /opt/auxflow
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/dist ./dist
COPY --from=build /src/collections ./collections
COPY --from=build /src/environments ./environments
COPY --from=build /src/schemas ./schemas
COPY --from=build /src/man ./man
RUN ln -s /opt/auxflow/dist/cli/main.js /usr/local/bin/auxflow && chmod a+rx dist/cli/main.js \
  && mkdir /data && chown node:node /data
USER node
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s CMD ["auxflow", "--version"]
ENTRYPOINT ["auxflow"]
CMD ["--help"]
