// Draws the records: each kind its shape, so that colour never speaks alone; a ring where everything hangs on one person.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { UNSIGNED_BYTE, FLOAT, TRIANGLES } = WebGLRenderingContext;

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_ring;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_ring;
varying vec2 v_place;
varying float v_radius;
varying float v_shape;
const float bias = 255.0 / 254.0;
void main() {
  float pixel = u_correctionRatio / u_sizeRatio * 2.0;
  v_radius = a_size * pixel;
  v_place = a_corner * (v_radius * 1.5 + 5.0 * u_correctionRatio);
  gl_Position = vec4((u_matrix * vec3(a_position + v_place, 1)).xy, 0, 1);
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_ring = a_ring;
  v_color.a *= bias;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_ring;
varying vec2 v_place;
varying float v_radius;
varying float v_shape;
uniform float u_correctionRatio;
uniform vec4 u_paper;
const vec4 nothing = vec4(0.0);
// How far a point lies outside a shape of this radius.
float outside(vec2 p, float r) {
  vec2 a = abs(p);
  if (v_shape < 0.5) return max(a.x * 0.866 + a.y * 0.5, a.y) - r * 0.95;
  if (v_shape < 1.5) return length(p) - r;
  if (v_shape < 2.5) return (a.x + a.y) * 0.7071 - r * 0.82;
  return max(a.x, a.y) - r * 0.85;
}
void main(void) {
  float soft = u_correctionRatio * 1.6;
  float d = outside(v_place, v_radius);
  #ifdef PICKING_MODE
  gl_FragColor = d > soft * 2.0 ? nothing : v_color;
  #else
  // Paper around each, so that neighbours stay apart; with a ring: the shape, paper, the ring.
  float gap = u_correctionRatio * 2.6, wide = u_correctionRatio * 3.6;
  vec4 around = u_paper;
  float end = u_correctionRatio * 1.6;
  if (v_ring.a > 0.0) {
    around = mix(u_paper, v_ring, smoothstep(gap - soft, gap, d));
    end = gap + wide;
  }
  vec4 colour = mix(v_color, around, smoothstep(-soft, 0.0, d));
  gl_FragColor = mix(colour, nothing, smoothstep(end - soft, end, d));
  #endif
}`;

// One program for all kinds; `paper()` gives the ground's colour of the moment, as three numbers from 0 to 1.
export function shapes(paper) {
  return class extends NodeProgram {
    getDefinition() {
      const bytes = (name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });
      const number = (name, size = 1) => ({ name, size, type: FLOAT });
      return {
        VERTICES: 6,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLES,
        UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix", "u_paper"],
        ATTRIBUTES: [number("a_position", 2), number("a_size"), number("a_shape"), bytes("a_color"), bytes("a_ring"), bytes("a_id")],
        CONSTANT_ATTRIBUTES: [number("a_corner", 2)],
        CONSTANT_DATA: [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]],
      };
    }

    processVisibleItem(index, start, data) {
      this.array.set([data.x, data.y, data.size, data.kind, floatColor(data.color), floatColor(data.ring || "rgba(0,0,0,0)"), index], start);
    }

    setUniforms({ correctionRatio, sizeRatio, matrix }, { gl, uniformLocations: at }) {
      gl.uniform1f(at.u_correctionRatio, correctionRatio);
      gl.uniform1f(at.u_sizeRatio, sizeRatio);
      gl.uniformMatrix3fv(at.u_matrix, false, matrix);
      gl.uniform4f(at.u_paper, ...paper(), 1);
    }
  };
}
