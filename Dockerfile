FROM node:22-alpine AS build
WORKDIR /opt/apiarch
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
# The first run keeps compiled code beside the program, where later ones may only read.
RUN npm run build \
 && npm prune --omit=dev --ignore-scripts \
 && node bin/apiarch.js lint --fail-on never examples > /dev/null

FROM node:22-alpine
# --since asks git about a folder that is somebody else's.
RUN apk add --no-cache git \
 && git config --system --add safe.directory '*' \
 && ln -s /opt/apiarch/bin/apiarch.js /usr/local/bin/apiarch
COPY --from=build /opt/apiarch/package.json /opt/apiarch/LICENSE /opt/apiarch/
COPY --from=build /opt/apiarch/bin /opt/apiarch/bin
COPY --from=build /opt/apiarch/dist /opt/apiarch/dist
COPY --from=build /opt/apiarch/rulesets /opt/apiarch/rulesets
COPY --from=build /opt/apiarch/.cache/code /opt/apiarch/.cache/code
COPY --from=build /opt/apiarch/node_modules /opt/apiarch/node_modules
USER node
WORKDIR /src
ENTRYPOINT ["apiarch"]
CMD ["--help"]
