# syntax=docker/dockerfile:1
# The server as an image: docker build --tag latchkey .

FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/client/package.json packages/client/
COPY packages/contract/package.json packages/contract/
COPY packages/server/package.json packages/server/
COPY apps/portal/package.json apps/portal/
RUN npm ci --ignore-scripts --no-audit --workspace packages/server --workspace packages/client \
    --workspace apps/portal --include-workspace-root
COPY LICENSE tsconfig.json ./
COPY tools/build.ts tools/build-client.ts tools/build-portal.ts tools/build-server.ts tools/
COPY packages packages
COPY apps apps
RUN node tools/build.ts

# What the build does not hold: native code, and what is loaded only when it is needed.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/contract/package.json packages/contract/
COPY packages/server/package.json packages/server/
RUN npm ci --ignore-scripts --no-audit --omit=dev --workspace packages/server \
    && rm -rf node_modules/latchkey node_modules/@latchkey

FROM node:26-slim
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules node_modules
COPY packages/server/package.json packages/server/
COPY packages/server/bin packages/server/bin
COPY --from=build /app/packages/server/dist packages/server/dist
# In a container 127.0.0.1 is the container alone.
ENV HOST=0.0.0.0 PORT=8000 DATABASE_PATH=/data/latchkey.sqlite3
USER node
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "packages/server/bin/latchkey.js"]
CMD ["serve"]
