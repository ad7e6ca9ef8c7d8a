# syntax=docker/dockerfile:1
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q package -Dmaven.test.skip=true -Dspotless.check.skip=true \
    && java -Djarmode=tools -jar target/linkspan.jar extract --destination /app

FROM eclipse-temurin:25-jre
# What the embedded MariaDB is linked with.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libcrypt1 libstdc++6 libsystemd0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --shell /usr/sbin/nologin linkspan \
    && install -d -m 0700 -o linkspan -g linkspan /var/lib/linkspan \
    && install -d -o linkspan -g linkspan /opt/linkspan
USER linkspan
WORKDIR /opt/linkspan
COPY --chown=linkspan --from=build /app /opt/linkspan
COPY --chown=linkspan jvm.options /opt/linkspan/
# A start-up cache fits only the JVM that made it, so it is made here. Without one a start takes longer, nothing else.
RUN java @jvm.options -XX:AOTCacheOutput=linkspan.aot -cp linkspan.jar dev.linkspan.TrainingRun /tmp/training \
        >/tmp/training.log 2>&1 || echo "no start-up cache" \
    && rm -rf /tmp/training /tmp/training.log

ENV LINKSPAN_DATA=/var/lib/linkspan
VOLUME /var/lib/linkspan
EXPOSE 8443
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/$HOSTNAME/8443"]
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=linkspan.aot", "-Xlog:aot=off", "-Xlog:cds=off", \
    "-cp", "linkspan.jar", "dev.linkspan.Linkspan"]
CMD ["run"]
